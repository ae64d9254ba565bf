package widgets

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"sseconsole/ui/widgets/text"
)

// Cell is the text of a row in one column. Text may be large: only as much of it
// is read as fits.
type Cell struct {
	Text string
	Role Role
	Hits [][2]int // highlighted parts of Text: from and to, in bytes, ascending
}

// Row is one row of a [LogView]: a cell for each column and a mark before them.
// Missing cells are empty.
type Row struct {
	Mark  Cell // one character, shown if LogView.Marks is set
	Cells []Cell

	Level int  // how deep the row is below the one that it belongs to; it is indented
	Fold  Fold // whether the row has children, and whether they are rows
	Dim   bool // the row is shown only for the sake of its children
	// Sentence, if it has a text, replaces the cells from the column SentenceFrom on. It is
	// never cut before its reason: it loses Spare, which is bytes of its text, or its middle.
	Sentence     Cell
	SentenceFrom int
	Spare        [2]int
	Link         string // a word at the right end, a click on which calls LogView.OnLink
}

// Fold says whether a row has children.
type Fold uint8

// The states of a row's children.
const (
	NoChildren Fold = iota
	Folded          // not shown; a click on the sign calls LogView.OnFold
	Unfolded
)

// Source provides the rows of a [LogView]. It is called on the UI thread only, for
// the rows on screen, and must return within microseconds.
type Source interface {
	Len() int64
	Row(i int64) Row // 0 <= i < the last result of Len
}

// LogView shows the rows of a [Source] in columns. Create it with [NewLogView].
//
// It follows the end while the last row is in view: scrolling up stops following,
// reaching the end resumes it. While it does not follow, new rows move nothing.
//
// Several rows can be selected: by dragging, by a click with Shift or Ctrl, by a
// navigation key with Shift, and all of them by Ctrl+A. One of them has the focus.
// Up and Down move the selection; Page Up, Page Down, Home and End scroll; Escape
// reduces the selection to the focused row, and then to none; Ctrl+C calls OnCopy.
//
// The borders between titles can be dragged; a double click on one fits its column
// to the rows in view, and makes its width automatic again if it was.
type LogView struct {
	pane

	// OnSelected is called when the focused row changes; -1 means none.
	OnSelected func(row int64)
	// OnSelection is called when the set of selected rows changes.
	OnSelection func()
	// OnCopy is called when the user copies the selected rows.
	OnCopy func(rows []Range)
	// OnMenu is called for a secondary click on a row, which is selected first, and
	// for the menu key; OnHeaderMenu for a secondary click on the header. at is a
	// position on the canvas.
	OnMenu       func(row int64, at fyne.Position)
	OnHeaderMenu func(at fyne.Position)
	// OnFold is called for a click on the sign of a row with children, and for Left and
	// Right on the focused one; OnLink for a click on a row's link, and for Return. If
	// OnFold is nil, there is no room for signs.
	OnFold, OnLink func(row int64)
	// Whole returns the text that the Tip shows for a cell, or for a sentence as the cell of
	// its first column; if it is nil or returns "", the cell's text is shown if it is cut.
	Whole func(row int64, column int) string
	// OnColumns is called when the user has finished changing a width.
	OnColumns func([]Column)
	// NewestLabel returns the text of a button that scrolls to the end, for example
	// "↓ 12". The button is shown while not following, unless NewestLabel is nil or
	// returns "".
	NewestLabel func(below int64) string
	// Marks reserves space for the rows' marks.
	Marks bool

	columns  []Column
	learnt   []learnt // for each column
	frozen   []int    // the columns' widths while a border is being dragged
	scratch  []Column // of effective
	inView   []Row    // scratch space of paint
	laid     []span   // scratch space of spans
	source   Source
	selected selection
	resizing int    // the column whose border is being dragged, or -1
	resized  bool   // its width has changed
	edge     bool   // the mouse is over a border
	pointing bool   // the mouse is over a sign or a link
	newest   string // text of the button, "" if hidden
}

// NewLogView returns a view without rows. The flexible column, or the last one if
// none is flexible, takes the remaining room. There is no header if no column has
// a title.
func NewLogView(fonts *text.Fonts, columns []Column) *LogView {
	l := &LogView{columns: slices.Clone(columns), resizing: -1}
	l.relearn(nil, l.columns)
	l.selected.clear()
	l.scroll = scroll{sticky: true, following: true}
	l.extend(l, fonts)
	return l
}

// SetSource shows the end of another source and clears the selection. A nil source
// has no rows.
func (l *LogView) SetSource(source Source) {
	l.source = source
	l.forget()
	l.scroll.following = true
	l.choose(-1)
	l.relayout()
}

// SetColumns replaces the columns.
func (l *LogView) SetColumns(columns []Column) {
	before := l.columns
	l.columns, l.frozen = slices.Clone(columns), nil
	l.relearn(before, l.columns)
	l.relayout()
}

// Columns returns the current columns. The width of one that the user has not changed, and
// whether one hides by itself, are as they were set.
func (l *LogView) Columns() []Column { return slices.Clone(l.columns) }

// Shows reports whether there is room for a column and it is hidden neither by the user
// nor by itself.
func (l *LogView) Shows(column int) bool { return l.widths()[column] != notShown }

// ColumnWidth returns the width that a column has now, in Fyne's units.
func (l *LogView) ColumnWidth(column int) float32 {
	return float32(max(0, l.widths()[column])*l.font.Cell) / l.scale
}

// Changed tells the view that the number of rows may have changed. It redraws only
// if that changes the screen. If the content of rows has changed, call Refresh.
func (l *LogView) Changed() {
	if l.update() {
		l.redraw()
	}
}

// update counts the rows and reports whether the screen changes.
func (l *LogView) update() bool {
	before, thumb, newest := l.scroll, l.thumb(), l.newest
	l.fit()
	l.scrolled()
	if l.scroll.top != before.top {
		l.Tip.Leave(l)
	}
	if l.scroll.top != before.top || l.thumb() != thumb || l.newest != newest {
		return true
	}
	// A partly visible row is on screen too.
	return min(l.scroll.rows, l.scroll.top+l.scroll.page+1) != min(before.rows, before.top+before.page+1)
}

// Removed tells the view that the source has removed n rows from row at on. The rows in
// view and the rest of the selection stay.
func (l *LogView) Removed(at, n int64) {
	if l.scroll.top > at {
		l.scroll.top -= min(n, l.scroll.top-at)
	}
	focused := l.selected.focus >= at && l.selected.focus < at+n
	l.reselect(func(s *selection) { s.removed(at, n) }, !focused)
	l.relayout()
}

// Trimmed tells the view that the source dropped its first n rows, so that row n
// is now row 0. The rows in view and the selection stay, as far as they still
// exist.
func (l *LogView) Trimmed(n int64) {
	l.scroll.top = max(0, l.scroll.top-n)
	l.reselect(func(s *selection) { s.trimmed(n) }, l.selected.focus >= n)
	l.relayout()
}

// Inserted tells the view that the source has n new rows at row at, before the row
// that was there. The rows in view and the selection stay; while following, the
// end stays in view.
func (l *LogView) Inserted(at, n int64) {
	if at <= l.scroll.top {
		l.scroll.top += n
	}
	l.reselect(func(s *selection) { s.inserted(at, n) }, true)
	l.relayout()
}

// Selected returns the focused row, or -1.
func (l *LogView) Selected() int64 { return l.selected.focus }

// Selection returns the selected rows in ascending order, without overlaps.
func (l *LogView) Selection() []Range { return slices.Clone(l.selected.rows) }

// SelectedRows returns how many rows are selected.
func (l *LogView) SelectedRows() int64 { return l.selected.rows.count() }

// SelectAll selects all current rows.
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

// Select selects one row and scrolls it into view; -1 clears the selection.
func (l *LogView) Select(row int64) { l.bring(row, (*scroll).reveal) }

// GoTo is like Select, but also shows some rows around a row that was out of view.
func (l *LogView) GoTo(row int64) { l.bring(row, (*scroll).around) }

// bring calls scroll to bring a row into view and selects it; -1 selects none.
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

// ScrollTo scrolls as little as needed to show a row.
func (l *LogView) ScrollTo(row int64) {
	before := l.scroll
	l.scroll.reveal(min(max(0, row), l.scroll.rows-1))
	l.afterScroll(before)
}

// ScrollToEnd shows the last row and starts following.
func (l *LogView) ScrollToEnd() { l.scrollTo(l.scroll.last()) }

// Following reports whether the view scrolls to new rows.
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

// choose selects only row, or nothing if it is negative.
func (l *LogView) choose(row int64) {
	l.reselect(func(s *selection) {
		if row < 0 {
			s.clear()
		} else {
			s.only(row)
		}
	}, false)
}

// reselect changes the selection and calls the callbacks. same means that the
// focused row is the same one even if its number has changed.
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

// scrolled updates the selection and the button.
func (l *LogView) scrolled() {
	rows := l.scroll.rows
	if n := len(l.selected.rows); l.selected.focus >= rows {
		l.choose(-1)
	} else if n > 0 && l.selected.rows[n-1].To > rows {
		l.reselect(func(s *selection) { s.rows = s.rows.without(Range{rows, math.MaxInt64}) }, true)
	}
	l.newest = ""
	if !l.scroll.following && l.NewestLabel != nil {
		l.newest = l.NewestLabel(l.scroll.below())
	}
}

// rowAt returns the row nearest to y, or -1 if there are none.
func (l *LogView) rowAt(y int) int64 {
	area := l.content()
	offset := y - area.Min.Y
	if offset < 0 {
		offset -= l.font.Line // round up: above the first row is the row before it
	}
	return min(max(0, l.scroll.top+int64(offset/l.font.Line)), l.scroll.rows-1)
}
