package widgets

// scroll knows which rows are shown: the arithmetic of scrolling by row number,
// exact for any count. With sticky set, it follows the end as rows are added,
// for as long as the last row was in view.
type scroll struct {
	rows, page int64 // rows there are, and whole rows that fit
	top        int64 // the first row shown
	sticky     bool
	following  bool
}

func (s *scroll) last() int64 { return max(0, s.rows-s.page) }

// resize tells that there are now so many rows, or room for so many.
func (s *scroll) resize(rows, page int64) {
	s.rows, s.page = max(0, rows), max(1, page)
	if s.following {
		s.top = s.last()
	}
	s.to(s.top)
}

// to shows the given row first, or the last possible one.
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

// around shows a row with some before and after it, unless it is well in view.
func (s *scroll) around(row int64) {
	const edge = 2 // rows, which the chip for the newer ones may cover
	if row < s.top || row >= s.top+max(1, s.page-edge) {
		s.to(row - s.page/3)
	}
}

// below is the number of rows that come after the whole ones shown.
func (s *scroll) below() int64 { return max(0, s.rows-s.top-s.page) }

// thumb returns position and length of the scroll bar's thumb, in a trough of
// the given length. It is 0, 0 when everything is in view.
func (s *scroll) thumb(trough, least int) (at, length int) {
	if s.last() == 0 {
		return 0, 0
	}
	length = min(trough, max(least, int(float64(trough)*float64(s.page)/float64(s.rows))))
	return int(float64(trough-length) * float64(s.top) / float64(s.last())), length
}

// dragged shows what belongs to a thumb at the given position.
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
