package widgets

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
)

// Cell is the text of a row in one column. Only as much of the text is read as
// there is room for, so it may be large.
type Cell struct {
	Text string
	Role Role
	Hits [][2]int // parts of Text that stand out: from and to, in bytes, rising
}

// Row is one row of a [LogView]: a text for each column, and a mark before
// them. Cells that are missing are empty.
type Row struct {
	Mark  Cell // one character, for a view with Marks
	Cells []Cell
}

// Source gives a [LogView] its rows. It is asked on the UI thread only, for
// what is on screen, and has to answer in microseconds.
type Source interface {
	Len() int64
	Row(i int64) Row // i is at least 0 and below what Len answered last
}

// LogView shows the rows of a [Source] in columns, any number of them. It
// follows the end while the last row is in view: scrolling up ends that,
// reaching the end begins it again. While it does not follow, new rows move
// nothing. Make it with [NewLogView].
//
// Several rows can be selected: by dragging, by Shift or Ctrl and a click, by
// Shift and a key that moves, all by Ctrl+A. One of them has the focus. Up and
// Down move the selection; Page Up, Page Down, Home and End scroll; Escape
// leaves the row with the focus alone; Ctrl+C calls OnCopy.
//
// The borders between the titles can be dragged; a double click on one fits its
// column to the rows in view.
type LogView struct {
	pane

	// OnSelected is called when the row with the focus changes; -1 means none.
	OnSelected func(row int64)
	// OnSelection is called when the set of selected rows changes.
	OnSelection func()
	// OnFollowChanged is called when following begins or ends, and while it
	// does not follow, when the number of rows below those in view changes.
	OnFollowChanged func(following bool, below int64)
	// OnCopy is called when the person wants to copy the selected rows.
	OnCopy func(rows []Range)
	// OnMenu is called for a click with the second button on a row, which is
	// selected then, and for the menu key; OnHeaderMenu for a click on the titles.
	// at is a place on the canvas.
	OnMenu       func(row int64, at fyne.Position)
	OnHeaderMenu func(at fyne.Position)
	// OnColumns is called when the person has changed a width and let go of it.
	OnColumns func([]Column)
	// NewestLabel gives the text of a button that leads to the end and shows
	// while not following, for example "↓ 12". There is no button if it is nil
	// or the text is empty.
	NewestLabel func(below int64) string
	// Marks leaves room for the marks of the rows.
	Marks bool

	columns  []Column
	source   Source
	selected selection
	resizing int         // the column whose border is held, or -1
	resized  bool        // and its width has changed
	edge     bool        // the mouse is over a border
	told     followState // what OnFollowChanged was told last
	newest   string      // the button's text
}

type followState struct {
	following bool
	below     int64
}

// NewLogView returns a view without rows. The last column, or the one that is
// marked as flexible, takes the room that the others leave. There is no header
// if no column has a title.
func NewLogView(fonts *Fonts, columns []Column) *LogView {
	l := &LogView{columns: slices.Clone(columns), resizing: -1, told: followState{following: true}}
	l.selected.clear()
	l.scroll = scroll{sticky: true, following: true}
	l.extend(l, fonts)
	return l
}

// SetSource shows the rows of another source, from its end, with none selected.
// A nil source has none.
func (l *LogView) SetSource(source Source) {
	l.source = source
	l.scroll.following = true
	l.choose(-1)
	l.relayout()
}

// SetColumns changes titles, widths and which columns are shown.
func (l *LogView) SetColumns(columns []Column) {
	l.columns = slices.Clone(columns)
	l.relayout()
}

// Columns returns the columns as they are now.
func (l *LogView) Columns() []Column { return slices.Clone(l.columns) }

// Changed says that the source may have more or fewer rows. It draws only what
// that changes on screen, and nothing if the number is the same: when rows that
// are there have changed, call Refresh.
func (l *LogView) Changed() {
	if l.update() {
		l.redraw()
	}
}

// update counts the rows and reports whether that is seen on screen.
func (l *LogView) update() bool {
	before, thumb, newest := l.scroll, l.thumb(), l.newest
	l.fit()
	l.scrolled()
	if l.scroll.top != before.top || l.thumb() != thumb || l.newest != newest {
		return true
	}
	// A row that fits in part is on screen too.
	return min(l.scroll.rows, l.scroll.top+l.scroll.page+1) != min(before.rows, before.top+before.page+1)
}

// Trimmed says that the first n rows of the source are gone, so that row n is
// now row 0. What is in view and what is selected stays, as far as it is still
// there.
func (l *LogView) Trimmed(n int64) {
	l.scroll.top = max(0, l.scroll.top-n)
	l.reselect(func(s *selection) { s.trimmed(n) }, l.selected.focus >= n)
	l.relayout()
}

// Inserted says that the source has n rows more, at row at, and that those from
// there on have moved. What is in view and what is selected stays; while
// following, that is the end.
func (l *LogView) Inserted(at, n int64) {
	if at <= l.scroll.top {
		l.scroll.top += n
	}
	l.reselect(func(s *selection) { s.inserted(at, n) }, true)
	l.relayout()
}

// Selected returns the row with the focus, or -1.
func (l *LogView) Selected() int64 { return l.selected.focus }

// Selection returns the rows that are selected, rising and without overlaps.
func (l *LogView) Selection() []Range { return slices.Clone(l.selected.rows) }

// SelectedRows returns how many rows are selected.
func (l *LogView) SelectedRows() int64 { return l.selected.rows.count() }

// SelectAll selects every row that there is now.
func (l *LogView) SelectAll() {
	if l.scroll.rows == 0 {
		return
	}
	l.reselect(func(s *selection) {
		s.rows, s.anchor = ranges{{0, l.scroll.rows}}, 0
		if s.focus < 0 {
			s.focus = l.scroll.rows - 1
		}
	}, false)
}

// Select selects one row and scrolls it into view; -1 selects none.
func (l *LogView) Select(row int64) { l.bring(row, (*scroll).reveal) }

// GoTo is Select for a row that may be far away: it is shown with those around it.
func (l *LogView) GoTo(row int64) { l.bring(row, (*scroll).around) }

// bring selects a row, -1 for none, after scroll has brought it into view.
func (l *LogView) bring(row int64, scroll func(s *scroll, row int64)) {
	if row < 0 || row >= l.scroll.rows {
		l.choose(-1)
		return
	}
	before := l.scroll
	scroll(&l.scroll, row)
	l.choose(row)
	l.afterScroll(before)
}

// ScrollTo scrolls as far as needed to show a row.
func (l *LogView) ScrollTo(row int64) {
	before := l.scroll
	l.scroll.reveal(min(max(0, row), l.scroll.rows-1))
	l.afterScroll(before)
}

// ScrollToEnd shows the last row and follows.
func (l *LogView) ScrollToEnd() { l.scrollTo(l.scroll.last()) }

// Following reports whether new rows scroll into view by themselves.
func (l *LogView) Following() bool { return l.scroll.following }

// TypedShortcut implements [fyne.Shortcutable].
func (l *LogView) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut.(type) {
	case *fyne.ShortcutCopy:
		if len(l.selected.rows) > 0 && l.OnCopy != nil {
			l.OnCopy(l.Selection())
		}
	case *fyne.ShortcutSelectAll:
		l.SelectAll()
	default:
		passOn(l.canvas(), shortcut)
	}
}

// choose selects one row alone, or none.
func (l *LogView) choose(row int64) {
	l.reselect(func(s *selection) {
		if row < 0 {
			s.clear()
		} else {
			s.only(row)
		}
	}, false)
}

// reselect changes the selection and tells of it. same says that the row with
// the focus is the one it was, whatever its number.
func (l *LogView) reselect(change func(*selection), same bool) {
	focus, rows := l.selected.focus, l.selected.rows
	change(&l.selected)
	if l.selected.focus == focus && slices.Equal(l.selected.rows, rows) {
		return
	}
	l.redraw()
	if l.selected.focus != focus && !same && l.OnSelected != nil {
		l.OnSelected(l.selected.focus)
	}
	if l.OnSelection != nil {
		l.OnSelection()
	}
}

func (l *LogView) count() int64 {
	if l.source == nil {
		return 0
	}
	return l.source.Len()
}

// scrolled tells the owner where the view stands.
func (l *LogView) scrolled() {
	rows := l.scroll.rows
	if n := len(l.selected.rows); l.selected.focus >= rows {
		l.choose(-1)
	} else if n > 0 && l.selected.rows[n-1].To > rows {
		l.reselect(func(s *selection) { s.rows = s.rows.without(Range{rows, math.MaxInt64}) }, true)
	}
	now := followState{following: l.scroll.following}
	l.newest = ""
	if !now.following {
		now.below = l.scroll.below()
		if l.NewestLabel != nil {
			l.newest = l.NewestLabel(now.below)
		}
	}
	if now != l.told {
		l.told = now
		if l.OnFollowChanged != nil {
			l.OnFollowChanged(now.following, now.below)
		}
	}
}

// rowAt returns the row at a height, or the nearest one; -1 if there are none.
func (l *LogView) rowAt(y int) int64 {
	area := l.content()
	offset := y - area.Min.Y
	if offset < 0 {
		offset -= l.font.line // a part of a row above counts as one
	}
	return min(max(0, l.scroll.top+int64(offset/l.font.line)), l.scroll.rows-1)
}
