package widgets

import (
	"slices"
	"testing"
)

func TestScrollStaysWithinItsRows(t *testing.T) {
	s := scroll{}
	s.resize(100, 10)
	for _, tt := range []struct{ to, want int64 }{{-5, 0}, {0, 0}, {50, 50}, {90, 90}, {91, 90}, {1 << 62, 90}} {
		if s.to(tt.to); s.top != tt.want {
			t.Errorf("to %d: top %d, want %d", tt.to, s.top, tt.want)
		}
	}
	s.resize(5, 10)
	if s.top != 0 || s.last() != 0 {
		t.Errorf("fewer rows than fit: top %d, last %d", s.top, s.last())
	}
}

func TestFollowingRules(t *testing.T) {
	s := scroll{sticky: true, following: true}
	steps := []struct {
		name      string
		do        func()
		top       int64
		following bool
	}{
		{"begins at the end", func() { s.resize(100, 10) }, 90, true},
		{"new rows scroll in", func() { s.resize(120, 10) }, 110, true},
		{"a smaller window stays at the end", func() { s.resize(120, 8) }, 112, true},
		{"scrolling up stops following", func() { s.to(111) }, 111, false},
		{"new rows move nothing", func() { s.resize(200, 8) }, 111, false},
		{"reaching the end resumes it", func() { s.to(192) }, 192, true},
		{"new rows scroll in again", func() { s.resize(201, 8) }, 193, true},
		{"removed rows leave a valid top", func() { s.to(100); s.resize(50, 8) }, 42, true},
		{"so does removing all rows", func() { s.resize(0, 8) }, 0, true},
	}
	for _, step := range steps {
		step.do()
		if step.name == "vanished rows leave a valid place" {
			s.to(s.top)
		}
		if s.top != step.top || s.following != step.following {
			t.Fatalf("%s: top %d following %v, want %d %v", step.name, s.top, s.following, step.top, step.following)
		}
	}
}

func TestScrollAroundShowsRowsAroundTheTarget(t *testing.T) {
	s := scroll{}
	s.resize(100, 10)
	s.to(50)
	for _, tt := range []struct{ row, top int64 }{{55, 50}, {50, 50}, {57, 50}, {58, 55}, {40, 37}, {1, 0}, {99, 90}} {
		if s.around(tt.row); s.top != tt.top {
			t.Errorf("row %d: top %d, want %d", tt.row, s.top, tt.top)
		}
		if tt.row < s.top || tt.row >= s.top+s.page {
			t.Errorf("row %d is not in view", tt.row)
		}
	}
}

func TestRevealScrollsAsLittleAsNeeded(t *testing.T) {
	s := scroll{}
	s.resize(100, 10)
	s.to(50)
	for _, tt := range []struct{ row, top int64 }{{55, 50}, {50, 50}, {59, 50}, {60, 51}, {40, 40}, {99, 90}} {
		if s.reveal(tt.row); s.top != tt.top {
			t.Errorf("row %d: top %d, want %d", tt.row, s.top, tt.top)
		}
	}
}

func TestThumbReachesBothEndsForAnyCount(t *testing.T) {
	for _, rows := range []int64{200, 5000, 10_000_000, 1 << 60} {
		s := scroll{}
		s.resize(rows, 10)
		s.dragged(1<<20, 500, 24)
		if at, length := s.thumb(500, 24); s.top != rows-10 || at+length != 500 || length < 24 {
			t.Errorf("%d rows: dragged to the end: top %d, thumb %d+%d", rows, s.top, at, length)
		}
		s.dragged(-1, 500, 24)
		if at, _ := s.thumb(500, 24); s.top != 0 || at != 0 {
			t.Errorf("%d rows: dragged to the beginning: top %d, thumb %d", rows, s.top, at)
		}
		s.dragged(200, 500, 24)
		if at, _ := s.thumb(500, 24); at < 195 || at > 205 {
			t.Errorf("%d rows: thumb dragged to 200 is at %d", rows, at)
		}
	}
}

func TestColumnWidths(t *testing.T) {
	for _, tt := range []struct {
		name    string
		columns []Column
		cells   int
		want    []int
	}{
		{"no columns", nil, 100, nil},
		{"the last takes the rest", []Column{{Width: 10}, {Width: 5}}, 40, []int{10, 29}},
		{"the flexible takes the rest", []Column{{Width: 10, Flexible: true}, {Width: 5}}, 40, []int{34, 5}},
		{"columns with a minimum shrink", []Column{{Width: 20, Min: 10}, {Width: 10}, {Width: 10}}, 38, []int{16, 10, 10}},
		{"in proportion", []Column{{Width: 20, Min: 10}, {Width: 10, Min: 5}, {Width: 10}}, 36, []int{16, 8, 10}},
		{"then the flexible shrinks", []Column{{Width: 20, Min: 10}, {Width: 10}, {Width: 10}}, 26, []int{10, 10, 4}},
		{"a hidden one gets nothing", []Column{{Width: 10, Hidden: true}, {Width: 5}}, 40, []int{notShown, 40}},
		{"one yields before another shrinks", []Column{{Width: 9, Min: 4, Yields: true}, {Width: 8, Min: 4, Yields: true}, {Width: 20, Flexible: true}}, 29, []int{notShown, 8, 20}},
		{"none yields without need", []Column{{Width: 9, Min: 4, Yields: true}, {Width: 8, Min: 4, Yields: true}, {Width: 20, Flexible: true}}, 30, []int{4, 4, 20}},
		{"extra ones are left out before another shrinks", []Column{{Width: 9, Min: 4}, {Width: 5, Extra: true}, {Width: 20, Flexible: true}, {Width: 5, Min: 2, Extra: true}}, 36, []int{9, 5, 20, notShown}},
		{"all extra ones", []Column{{Width: 9, Min: 4}, {Width: 5, Extra: true}, {Width: 20, Flexible: true}, {Width: 5, Extra: true}}, 29, []int{8, notShown, 20, notShown}},
		{"no extra one without need", []Column{{Width: 9, Min: 4}, {Width: 5, Extra: true}, {Width: 20, Flexible: true}, {Width: 5, Extra: true}}, 42, []int{9, 5, 20, 5}},
		{"all that yield", []Column{{Width: 9, Min: 4, Yields: true}, {Width: 8, Min: 4, Yields: true}, {Width: 20, Flexible: true}}, 12, []int{notShown, notShown, 12}},
		{"down to nothing", []Column{{Width: 20}, {Width: 10}}, 5, []int{20, 0}},
	} {
		if got := columnWidths(tt.columns, tt.cells); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
