package widgets

// scroll implements scrolling by row number, exact for any number of rows. If
// sticky is set, it follows the end as rows are added while the last row is in
// view.
type scroll struct {
	rows, page int64 // number of rows, and of whole rows that fit
	top        int64 // the first visible row
	sticky     bool
	following  bool
}

// last returns the largest value of top.
func (s *scroll) last() int64 { return max(0, s.rows-s.page) }

// resize sets the number of rows and of rows that fit.
func (s *scroll) resize(rows, page int64) {
	s.rows, s.page = max(0, rows), max(1, page)
	if s.following {
		s.top = s.last()
	}
	s.to(s.top)
}

// to makes top the first visible row, as far as there are rows to fill the page.
func (s *scroll) to(top int64) {
	s.top = min(max(0, top), s.last())
	s.following = s.sticky && s.top == s.last()
}

// reveal scrolls as little as needed to show a row.
func (s *scroll) reveal(row int64) {
	switch {
	case row < s.top:
		s.to(row)
	case row >= s.top+s.page:
		s.to(row - s.page + 1)
	}
}

// around shows a row with some before and after it, unless it is already well in
// view.
func (s *scroll) around(row int64) {
	const edge = 2 // rows that the button for newer rows may cover
	if row < s.top || row >= s.top+max(1, s.page-edge) {
		s.to(row - s.page/3)
	}
}

// below returns the number of rows after the last whole row in view.
func (s *scroll) below() int64 { return max(0, s.rows-s.top-s.page) }

// thumb returns the position and length of the scroll bar's thumb in a trough of
// the given length; 0, 0 if all rows are in view.
func (s *scroll) thumb(trough, least int) (at, length int) {
	if s.last() == 0 {
		return 0, 0
	}
	length = min(trough, max(least, int(float64(trough)*float64(s.page)/float64(s.rows))))
	return int(float64(trough-length) * float64(s.top) / float64(s.last())), length
}

// dragged scrolls to where the thumb is at the given position.
func (s *scroll) dragged(at, trough, least int) {
	_, length := s.thumb(trough, least)
	switch room := trough - length; {
	case at <= 0 || room <= 0:
		s.to(0)
	case at >= room:
		s.to(s.last())
	default:
		s.to(int64(float64(s.last()) * float64(at) / float64(room)))
	}
}
