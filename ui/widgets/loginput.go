package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func (l *LogView) press(at image.Point, modifier fyne.KeyModifier, click int) {
	l.resizing = l.borderAt(at)
	area := l.content()
	row, control := l.controlAt(at)
	switch {
	case at.Y < area.Min.Y:
		l.hold = holdNothing
		switch {
		case l.resizing >= 0 && click == 2:
			l.fitColumn(l.resizing)
		case l.resizing >= 0:
			l.hold = holdContent
			l.freeze()
		}
	case at.In(l.newestButton()):
		l.hold = holdNothing
		l.ScrollToEnd()
	case row < 0:
		l.hold = holdNothing
	case control == foldControl:
		l.hold = holdNothing
		l.OnFold(row)
	case control == linkControl:
		l.hold = holdNothing
		l.choose(row)
		l.OnLink(row)
	case modifier&fyne.KeyModifierShift != 0:
		l.reselect(func(s *selection) { s.extend(row) }, false)
	case modifier&fyne.KeyModifierShortcutDefault != 0:
		l.reselect(func(s *selection) { s.toggle(row) }, false)
	default:
		l.choose(row)
	}
}

// drag extends the selection to the mouse, and scrolls if that is outside the rows.
func (l *LogView) drag(at image.Point) (outside bool) {
	if l.resizing >= 0 {
		l.resize(at.X)
		return false
	}
	area := l.content()
	switch {
	case at.Y < area.Min.Y:
		outside = true
		l.scrollTo(l.scroll.top - 1)
	case at.Y >= area.Max.Y:
		outside = true
		l.scrollTo(l.scroll.top + 1)
	}
	at.Y = min(max(area.Min.Y, at.Y), area.Max.Y-1)
	if row := l.rowAt(at.Y); row >= 0 {
		l.reselect(func(s *selection) { s.extend(row) }, false)
	}
	return outside
}

// TappedSecondary implements [fyne.SecondaryTappable].
func (l *LogView) TappedSecondary(e *fyne.PointEvent) {
	at := l.pixels(e.Position)
	if at.Y < l.content().Min.Y {
		if l.OnHeaderMenu != nil {
			l.OnHeaderMenu(e.AbsolutePosition)
		}
		return
	}
	if row := l.rowAt(at.Y); row >= 0 && l.OnMenu != nil {
		if !l.selected.rows.has(row) {
			l.choose(row)
		}
		l.OnMenu(row, e.AbsolutePosition)
	}
}

func (l *LogView) typed(key fyne.KeyName) bool {
	if l.scroll.rows == 0 {
		return false
	}
	if key == fyne.KeyEscape {
		if len(l.selected.rows) > 1 || l.selected.rows.count() > 1 {
			l.choose(l.selected.focus)
		} else {
			l.choose(-1)
		}
		return true
	}
	if key == desktop.KeyMenu {
		l.menuKey()
		return true
	}
	if l.treeKey(key) {
		return true
	}
	to, moves := l.destination(key)
	switch {
	case !moves:
		return false
	case l.shift:
		before := l.scroll
		l.scroll.reveal(to)
		l.reselect(func(s *selection) { s.extend(to) }, false)
		l.afterScroll(before)
	case key == fyne.KeyUp || key == fyne.KeyDown:
		l.Select(to)
	default:
		return false // the pane scrolls
	}
	return true
}

// menuKey opens the menu of the focused row, just below the row.
func (l *LogView) menuKey() {
	row := l.selected.focus
	if row < 0 || l.OnMenu == nil {
		return
	}
	l.ScrollTo(row)
	y := l.top() + int(row-l.scroll.top+1)*l.font.Line
	at := fyne.NewPos(float32(l.gutter())/l.scale, float32(y)/l.scale)
	l.OnMenu(row, fyne.CurrentApp().Driver().AbsolutePositionForObject(l).Add(at))
}

// destination returns the row to which a key moves the focus.
func (l *LogView) destination(key fyne.KeyName) (row int64, moves bool) {
	at, last := l.selected.focus, l.scroll.rows-1
	if at < 0 { // start in view
		switch key {
		case fyne.KeyUp:
			return min(l.scroll.top+l.scroll.page, l.scroll.rows) - 1, true
		case fyne.KeyDown:
			return l.scroll.top, true
		}
		at = l.scroll.top
	}
	switch key {
	case fyne.KeyUp:
		at--
	case fyne.KeyDown:
		at++
	case fyne.KeyPageUp:
		at -= l.scroll.page
	case fyne.KeyPageDown:
		at += l.scroll.page
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = last
	default:
		return 0, false
	}
	return min(max(0, at), last), true
}
