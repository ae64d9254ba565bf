//go:build e2e

package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
)

// cell returns the position of a cell of the log in the window, in Fyne's units, at the
// text size of a first run and a scale of 1. row -1 is the header.
func (d *desk) cell(row, column int) (x, y float32) {
	const gutter, letter, header, line = 16, 8, 25, 19
	var before float32
	d.until("the widths fit what the rows show", func() bool { // they grow with the next frame
		v := d.w.log.View
		at := theApp.Driver().AbsolutePositionForObject(v)
		before, x, y = x, at.X+gutter, at.Y+header+line*float32(row)+line/2
		for i := range column {
			if v.Shows(i) {
				x += v.ColumnWidth(i) + letter
			}
		}
		v.Refresh()
		return x == before
	})
	return x, y
}

// rest moves the mouse to a position and leaves it there.
func (d *desk) rest(x, y float32) {
	d.t.Helper()
	d.x("mousemove", "--window", d.id, fmt.Sprint(int(x)), fmt.Sprint(int(y)))
	d.settle()
}

func TestEndToEndWhatIsCutIsShownWholeBesideTheMouse(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	long := strings.Repeat("0123456789 ", 30)
	fyne.DoAndWait(func() {
		p, _ := d.w.form.Pair()
		d.w.con.Send(p, long)
	})
	d.until("the event has a row", func() bool { return len(d.records(record.Event)) == 1 && d.w.log.Len() > 0 })
	row, data := -1, len(d.w.log.View.Columns())-1
	d.until("the row is shown", func() bool {
		i, shown := d.w.log.Model.Row(d.records(record.Event)[0].Seq)
		row = int(i)
		return shown
	})
	tip := func(want string) func() bool {
		return func() bool { return strings.TrimSpace(d.w.k.Tip.Text()) == strings.TrimSpace(want) }
	}
	x, y := d.cell(row, data)
	d.rest(x+50, y)
	d.until("the whole content is shown", tip(long))
	d.rest(x+60, y)
	d.until("it is shown anew after a movement", tip(long))
	d.key("Escape")
	d.until("it is gone after a key", tip(""))
	d.rest(x+70, y)
	d.until("it is shown again", tip(long))
	d.clickAt(x+70, y, "1")
	d.until("a click selects the row below it", func() bool { return d.w.log.View.Selected() == int64(row) && d.w.k.Tip.Text() == "" })
}

func TestEndToEndRowsAreUnfoldedBySignAndKeys(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	var folded, row int64
	d.until("the subscribe has children", func() bool {
		at, shown := d.w.log.Model.Row(d.records(record.Subscribe)[0].Seq)
		children, is := d.w.log.Model.Folded(d.records(record.Subscribe)[0].Seq)
		folded, row = d.w.log.Len(), at
		return shown && is && children && d.w.log.View.Following()
	})
	unfolded := func() bool { return d.w.log.Len() > folded }
	x, y := d.cell(int(row), 0)
	d.clickAt(x-12, y, "1")
	d.until("its sign unfolds it", unfolded)
	d.clickAt(x-12, y, "1")
	d.until("its sign folds it", func() bool { return !unfolded() })
	d.clickAt(x+20, y, "1")
	d.key("Right")
	d.until("Right unfolds it", unfolded)
	d.key("Right")
	d.until("Right again selects its first child", func() bool { return d.w.log.View.Selected() == row+1 })
	d.key("Left")
	d.until("Left selects the parent", func() bool { return d.w.log.View.Selected() == row })
	d.key("Left")
	d.until("Left again folds it", func() bool { return !unfolded() })
}

func TestEndToEndDraggedWidthsAreRememberedUntilADoubleClick(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	const kind = 3
	var next int
	d.until("a column follows", func() bool {
		for next = kind + 1; !d.w.log.View.Shows(next); next++ {
		}
		return true
	})
	x, y := d.cell(-1, next)
	d.rest(x-4, y)
	d.x("mousedown", "1")
	d.settle()
	for by := range 5 {
		d.rest(x-4+float32(by*16), y)
	}
	d.x("mouseup", "1")
	d.until("the width is remembered", func() bool { return d.w.con.Settings().Columns["kind"].Width > 10 })
	if n := len(d.w.con.Settings().Columns); n != 1 {
		t.Errorf("%d columns are remembered", n)
	}
	x, y = d.cell(-1, next)
	d.rest(x-4, y)
	d.x("click", "--repeat", "2", "--delay", "50", "1")
	d.until("it is automatic again", func() bool { return d.w.con.Settings().Columns["kind"].Width == 0 })
}
