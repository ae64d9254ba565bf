package widgets

import (
	"strings"

	"sseconsole/ui/widgets/text"
)

// Hides says when a column hides by itself. It counts the rows that were in view since the
// source was set.
type Hides uint8

// The rules.
const (
	HidesNever Hides = iota
	HidesEmpty       // while all its cells are empty
	HidesSame        // while all its cells have the same text or none
)

// learnt is what a column's cells in view have shown so far.
type learnt struct {
	cells   int    // the widest
	text    string // the first that was not empty, or its beginning
	differs bool   // there was another
	hidden  bool   // the column hides
}

// learntBytes is how much of a text is kept and compared.
const learntBytes = 256

// isAutomatic reports whether a column's width follows its cells.
func (c Column) isAutomatic() bool { return c.Width == 0 && c.Max > 0 && !c.Flexible }

// learn widens, shows and hides columns for the rows in view. Widths only grow, and a column
// that was shown for one source hides again only for another, so that nothing moves back and
// forth.
func (l *LogView) learn(rows []Row) {
	if len(rows) == 0 {
		return
	}
	tree := l.treeColumn(l.widths())
	for i, c := range l.columns {
		if !c.isAutomatic() && c.Hides == HidesNever {
			continue
		}
		know := &l.learnt[i]
		for j := range rows {
			if row := &rows[j]; i < len(row.Cells) && (row.Sentence.Text == "" || i < row.SentenceFrom) {
				indent := 0
				if i == tree {
					indent = min(row.Level*indentCells, mostIndent)
				}
				know.add(row.Cells[i].Text, indent, c)
			}
		}
		know.hidden = c.Hides == HidesSame && !know.differs || c.Hides == HidesEmpty && know.text == ""
	}
}

func (k *learnt) add(cell string, indent int, c Column) {
	if c.isAutomatic() && k.cells < c.Max {
		k.cells = max(k.cells, min(text.CellsUpTo(cell, c.Max)+indent, c.Max))
	}
	switch cell = beginning(cell, learntBytes); {
	case c.Hides == HidesNever || k.differs || cell == "" || cell == k.text:
	case k.text == "":
		k.text = strings.Clone(cell)
	default:
		k.differs = true
	}
}

// forget makes the columns that hide look at the rows anew. Widths stay.
func (l *LogView) forget() {
	for i := range l.learnt {
		l.learnt[i].text, l.learnt[i].differs = "", false
	}
}

// relearn keeps what is known of those new columns that had the same key and title before.
// Before any row, a column that may hide does.
func (l *LogView) relearn(before []Column, now []Column) {
	known := l.learnt
	l.learnt = make([]learnt, len(now))
	for i, c := range now {
		l.learnt[i].hidden = true
		for j, b := range before {
			if c.Key != "" && b.Key == c.Key && b.Title == c.Title {
				l.learnt[i] = known[j]
			}
		}
	}
}

// effective returns the columns with the widths and the visibility that they have now.
// shared is how many cells the flexible one must have at least.
func (l *LogView) effective() (columns []Column, shared int) {
	columns = append(l.scratch[:0], l.columns...)
	l.scratch = columns
	for i := range columns {
		c := &columns[i]
		switch {
		case c.Hides != HidesNever && l.learnt[i].hidden:
			c.Hidden = true
		case c.isAutomatic():
			c.Width = min(max(text.Cells(c.Title), l.learnt[i].cells), c.Max)
		case c.Max > 0 && !c.Flexible:
			c.Min = 0 // the user's wish is worth more than a share
		}
		if l.frozen != nil && !c.Flexible {
			c.Hidden, c.Width, c.Min = l.frozen[i] == notShown, l.frozen[i], 0
		}
	}
	if i := flexible(columns); i >= 0 {
		shared = (columns[i].Share*l.width + 100*l.font.Cell - 1) / (100 * l.font.Cell)
	}
	return columns, shared
}

// widths returns the widths of the columns, or notShown.
func (l *LogView) widths() []int {
	columns, shared := l.effective()
	room, rest := (l.content().Dx()-l.gutter())/l.font.Cell, flexible(columns)
	if rest < 0 || l.frozen != nil {
		return columnWidths(columns, room)
	}
	least := columns[rest].Width
	columns[rest].Width = max(least, shared)
	widths := columnWidths(columns, room)
	if widths[rest] < least {
		columns[rest].Width = least
		for i := range columns {
			columns[i].Min = l.columns[i].Min
		}
		widths = columnWidths(columns, room)
	}
	return widths
}

// rest returns the index of the column that takes the remaining room, or -1.
func (l *LogView) rest() int {
	columns, _ := l.effective()
	return flexible(columns)
}
