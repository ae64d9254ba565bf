package widgets

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
)

// Cell is the text of a row in one column. Only as much of the text is read as
// there is room for, so it may be large.
type Cell struct {
	Text string
	Role Role
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
// Up and Down move the selection; Page Up, Page Down, Home and End scroll;
// Ctrl+C calls OnCopy.
type LogView struct {
	pane

	// OnSelected is called when the selected row changes; -1 means none.
	OnSelected func(row int64)
	// OnFollowChanged is called when following begins or ends, and while it
	// does not follow, when the number of rows below those in view changes.
	OnFollowChanged func(following bool, below int64)
	// OnCopy is called when the person wants to copy the selected row.
	OnCopy func(row int64)
	// NewestLabel gives the text of a button that leads to the end and shows
	// while not following, for example "↓ 12". There is no button if it is nil
	// or the text is empty.
	NewestLabel func(below int64) string
	// Marks leaves room for the marks of the rows.
	Marks bool

	columns  []Column
	source   Source
	selected int64
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
	l := &LogView{columns: slices.Clone(columns), selected: -1, told: followState{following: true}}
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

// SetColumns changes titles and widths.
func (l *LogView) SetColumns(columns []Column) {
	l.columns = slices.Clone(columns)
	l.relayout()
}

// Changed says that the source may have more or fewer rows. It draws only what
// that changes on screen, and nothing if the number is the same: when rows that
// are there have changed, call Refresh.
func (l *LogView) Changed() {
	if l.update() {
		l.redraw()
	}
}

// update counts the rows and tells whether that is seen on screen.
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
// now row 0. What is in view stays, as far as it is still there.
func (l *LogView) Trimmed(n int64) {
	l.scroll.top = max(0, l.scroll.top-n)
	if l.selected >= 0 && l.selected < n {
		l.choose(-1)
	} else if l.selected >= n {
		l.selected -= n // still the same row
	}
	l.relayout()
}

// Selected returns the selected row, or -1.
func (l *LogView) Selected() int64 { return l.selected }

// Select selects a row and scrolls it into view; -1 selects none.
func (l *LogView) Select(row int64) {
	if row < 0 || row >= l.scroll.rows {
		l.choose(-1)
		return
	}
	before := l.scroll
	l.scroll.reveal(row)
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

// Following tells whether new rows scroll into view by themselves.
func (l *LogView) Following() bool { return l.scroll.following }

// TypedShortcut implements [fyne.Shortcutable].
func (l *LogView) TypedShortcut(shortcut fyne.Shortcut) {
	if _, ok := shortcut.(*fyne.ShortcutCopy); ok {
		if l.selected >= 0 && l.OnCopy != nil {
			l.OnCopy(l.selected)
		}
		return
	}
	passOn(l.canvas(), shortcut)
}

func (l *LogView) choose(row int64) {
	if row == l.selected {
		return
	}
	l.selected = row
	l.redraw()
	if l.OnSelected != nil {
		l.OnSelected(row)
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
	if l.selected >= l.scroll.rows {
		l.choose(-1)
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

func (l *LogView) press(at image.Point, _ bool) {
	area := l.content()
	if at.In(l.newestButton()) {
		l.ScrollToEnd()
		return
	}
	if row := l.scroll.top + int64((at.Y-area.Min.Y)/l.font.line); at.Y >= area.Min.Y && row < l.scroll.rows {
		l.choose(row)
	}
}

func (l *LogView) drag(image.Point) {}

func (l *LogView) typed(key fyne.KeyName) bool {
	if l.scroll.rows == 0 {
		return false
	}
	last := min(l.scroll.top+l.scroll.page, l.scroll.rows) - 1
	switch {
	case key == fyne.KeyUp && l.selected < 0:
		l.Select(last)
	case key == fyne.KeyDown && l.selected < 0:
		l.Select(l.scroll.top)
	case key == fyne.KeyUp:
		l.Select(max(0, l.selected-1))
	case key == fyne.KeyDown:
		l.Select(min(l.scroll.rows-1, l.selected+1))
	default:
		return false
	}
	return true
}
