package text

import (
	"slices"
	"strings"
	"testing"
)

func rowsOf(s string, cells int) []string {
	starts := Wrap(s, cells)
	var rows []string
	for i := range starts {
		rows = append(rows, RowText(s, starts, i))
	}
	return rows
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		cells      int
		want       []string
	}{
		{"empty", "", 4, nil},
		{"fits", "abcd", 4, []string{"abcd"}},
		{"too long", "abcdefghi", 4, []string{"abcd", "efgh", "i"}},
		{"lines", "ab\n\ncd", 4, []string{"ab", "", "cd"}},
		{"line feed at the end", "ab\n", 4, []string{"ab", ""}},
		{"line feed at the edge", "abcd\nef", 4, []string{"abcd", "ef"}},
		{"wide characters", "订阅发送", 5, []string{"订阅", "发送"}},
		{"wider than the width", "订阅", 1, []string{"订", "阅"}},
		{"marks stay with their letter", "abce\u0301d", 4, []string{"abce\u0301", "d"}},
		{"escapes are two cells", "abc\x00", 4, []string{"abc", "\x00"}},
		{"tabs go to the next stop", "a\tb\tc", 8, []string{"a\tb\t", "c"}},
		{"a tab at the edge", "abcd\te", 5, []string{"abcd", "\te"}},
	} {
		if got := rowsOf(tt.text, tt.cells); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	text := strings.Repeat("hello 订阅 👩‍👧 e\u0301 \t\x00 \xff", 200)
	for cells := 1; cells < 40; cells++ {
		rows := rowsOf(text, cells)
		if strings.Join(rows, "") != text {
			t.Fatalf("%d cells: the rows are not the text", cells)
		}
		for _, row := range rows {
			if n, col := 0, 0; cells >= tabCells {
				for rest := row; rest != ""; rest = rest[n:] {
					var width int
					n, width = step(rest, col)
					col += width
				}
				if col > cells {
					t.Fatalf("a row of %d cells at %d: %q", col, cells, row)
				}
			}
		}
	}
}

func TestRowAt(t *testing.T) {
	starts := []int{0, 4, 8}
	for offset, want := range map[int]int{0: 0, 3: 0, 4: 1, 7: 1, 8: 2, 100: 2} {
		if got := RowAt(starts, offset); got != want {
			t.Errorf("offset %d: row %d, want %d", offset, got, want)
		}
	}
}

func BenchmarkWrapMebibyte(b *testing.B) {
	text := strings.Repeat(`{"price":100,"symbol":"ABC","note":"订阅"}`+"\n", 1<<20/44)
	for b.Loop() {
		Wrap(text, 120)
	}
}
