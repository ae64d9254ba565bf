package widgets

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The selection after rows were removed is that of a list from which they were deleted.
func TestRemovedRowsLeaveTheSelection(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var s selection
		s.clear()
		plain := make([]int, 30) // what each row was
		for i := range plain {
			plain[i] = i
		}
		selected := map[int]bool{}
		for range 8 {
			row := random.IntN(30)
			if s.toggle(int64(row)); selected[row] {
				delete(selected, row)
			} else {
				selected[row] = true
			}
		}
		focus, had := int(s.focus), s.focus >= 0
		for range 5 {
			at := random.IntN(len(plain) - 4)
			n := random.IntN(4)
			s.removed(int64(at), int64(n))
			plain = slices.Delete(plain, at, at+n)
		}
		for i, was := range plain {
			if s.rows.has(int64(i)) != selected[was] {
				t.Fatalf("row %d, which was %d, is selected: %v", i, was, !selected[was])
			}
		}
		if now := slices.Index(plain, focus); had && int64(now) != s.focus {
			t.Fatalf("the focus is on row %d, not %d", s.focus, now)
		}
	}
}
