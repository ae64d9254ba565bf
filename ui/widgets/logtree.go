package widgets

import (
	"image"

	"fyne.io/fyne/v2"
)

// control is what a click on a row does other than select it.
type control uint8

const (
	noControl control = iota
	foldControl
	linkControl
)

// controlAt returns the row at a point, or -1, and the control there.
func (l *LogView) controlAt(at image.Point) (row int64, c control) {
	area := l.content()
	row = l.scroll.top + int64((at.Y-area.Min.Y)/l.font.Line)
	if at.Y < area.Min.Y || row >= l.scroll.rows {
		return -1, noControl
	}
	if at.In(l.newestButton()) {
		return row, noControl
	}
	shown := l.source.Row(row)
	switch link := l.linkAt(&shown); {
	case l.OnFold != nil && shown.Fold != NoChildren && at.X < l.signs()+l.font.Cell:
		return row, foldControl
	case l.OnLink != nil && shown.Link != "" && at.X >= link.Min.X && at.X < link.Max.X:
		return row, linkControl
	}
	return row, noControl
}

// Tree is a Source in which other rows may be between a row and its children.
type Tree interface {
	Source
	// ParentRow returns the row that row i belongs to, or i.
	ParentRow(i int64) int64
}

// mostChildren bounds the search for the parent of a row.
const mostChildren = 10_000

// treeKey handles a key that folds, unfolds or follows a link, and reports whether it did.
// On a row without children, Left goes to its parent; on an unfolded one, Right goes to the
// first child.
func (l *LogView) treeKey(key fyne.KeyName) bool {
	at := l.selected.focus
	if at < 0 || key != fyne.KeyLeft && key != fyne.KeyRight && key != fyne.KeyReturn && key != fyne.KeyEnter {
		return false
	}
	row := l.source.Row(at)
	switch key {
	case fyne.KeyLeft:
		switch {
		case row.Fold == Unfolded && l.OnFold != nil:
			l.OnFold(at)
		case row.Level > 0:
			l.Select(l.parent(at, row.Level))
		}
	case fyne.KeyRight:
		switch {
		case row.Fold == Folded && l.OnFold != nil:
			l.OnFold(at)
		case row.Fold == Unfolded && at+1 < l.scroll.rows && l.source.Row(at+1).Level > row.Level:
			l.Select(at + 1)
		}
	default:
		if row.Link == "" || l.OnLink == nil {
			return false
		}
		l.OnLink(at)
	}
	return true
}

// parent returns the row that a row at a level belongs to, or the row itself if that is
// not found.
func (l *LogView) parent(of int64, level int) int64 {
	if tree, ok := l.source.(Tree); ok {
		return tree.ParentRow(of)
	}
	for row := of - 1; row >= max(0, of-mostChildren); row-- {
		if l.source.Row(row).Level < level {
			return row
		}
	}
	return of
}
