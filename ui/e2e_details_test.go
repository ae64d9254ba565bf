//go:build e2e

package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
)

func TestEndToEndJSONIsFoldedFoundCopiedAndFilteredInTheDetails(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "ctrl+u")
	d.untilOpen()
	for i := range 3 {
		d.w.con.Send(console.Pair{ClientID: "demo"}, fmt.Sprintf(`{"a":{"needle":[1,2]},"b c":%d}`, i))
	}
	d.until("all events arrived", func() bool { return len(d.records(record.Event)) == 3 })
	details, text := d.w.log.Details, d.w.log.Details.Text
	d.until("the last event is selected", func() bool {
		d.w.log.View.Select(d.w.log.Len() - 1)
		return details.Record() != nil && details.Record().Kind == record.Event && strings.Contains(text.Text(), `"b c": 2`)
	})
	var at fyne.Position
	fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(text) })
	line := func() string { // of the caret
		begin := strings.LastIndexByte(text.Text()[:text.Caret()], '\n') + 1
		line, _, _ := strings.Cut(text.Text()[begin:], "\n")
		return strings.TrimSpace(line)
	}

	d.clickAt(at.X+28, at.Y+4+19+9, "1") // the sign before "a"
	d.until("its line has the caret", func() bool { return line() == `"a": {` })
	d.key("Down")
	d.until("what is folded is passed", func() bool { return line() == `"b c": 2` })
	d.key("ctrl+f")
	d.typed("needle")
	d.until("it is found in the folded part", func() bool { return text.SelectedText() == "needle" })
	d.key("Escape", "Left", "Down")
	d.until("its line is folded", func() bool { return line() == "}," })
	d.key("Up", "Right", "Down")
	d.until("its line is unfolded", func() bool { return line() == "1," })
	d.key("ctrl+Left", "End", "Up")
	d.until("the last value has the caret", func() bool { return line() == `"b c": 2` && details.HasValue() })
	d.click(details.FilterBy)
	d.until("only its row is shown", func() bool {
		return d.w.log.Bar.Field.Text == `jq:.["b c"] == 2` && d.w.log.Model.Count() == 2 // sent and received
	})
	fyne.DoAndWait(details.CopyPath)
	d.until("its path is in the clipboard", func() bool { return d.w.k.App.Clipboard().Content() == `.["b c"]` })
}

func TestEndToEndTheDetailsGoWhereTheyArePut(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "ctrl+u")
	d.untilOpen()
	d.until("a row is selected", func() bool {
		d.w.log.View.Select(0)
		return d.w.log.Details.Record() != nil
	})
	rows, text := d.w.log.View, d.w.log.Details.Text
	beside := func() bool {
		return theApp.Driver().AbsolutePositionForObject(text).X > theApp.Driver().AbsolutePositionForObject(rows).X+100
	}
	d.until("they are beside the rows of a wide window", beside)
	d.key("ctrl+shift+7")
	d.until("they are below", func() bool { return !beside() && d.w.con.Settings().Details == settings.DetailsBelow })
	d.key("ctrl+shift+8")
	d.until("they are hidden", func() bool { return !d.w.log.Details.Content.Visible() })
	d.key("ctrl+shift+2")
	d.until("choosing a tab shows them", func() bool { return d.w.log.Details.Content.Visible() })
	d.key("ctrl+shift+5")
	d.until("they are beside the rows again", beside)
	d.x("windowsize", "--sync", d.id, "800", "600")
	d.until("they are below the rows of a narrow window", func() bool { return !beside() })
}
