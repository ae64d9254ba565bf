//go:build e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/lab"
)

func TestEndToEndASaveIntoAMissingFolderOffersToCreateIt(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	d.key("ctrl+shift+s")
	d.until("the path is asked for", d.w.k.Asking)
	path := filepath.Join(home, "new", "folder", "a.zip")
	d.key("ctrl+a")
	d.typed(path)
	d.key("Return")
	create := d.button("Create the folder")
	if field := d.w.k.Win.Canvas().Focused().(*kit.Field); field.Text != path {
		t.Errorf("the path has become %q", field.Text)
	}
	d.click(create)
	d.until("the folder exists", func() bool { info, err := os.Stat(filepath.Dir(path)); return err == nil && info.IsDir() })
	d.key("Return")
	d.until("it is saved", func() bool {
		info, err := os.Stat(path)
		return err == nil && info.Size() > 0 && len(d.w.con.Files.Jobs()) == 0
	})
}

func TestEndToEndTabGoesFromTheNameOfAVariableToItsValue(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "ctrl+m")
	d.until("the panel is open", func() bool { return d.w.targets.Manager != nil && d.w.targets.Manager.Popup.Visible() })
	m := d.w.targets.Manager
	d.click(m.Make)
	d.typed("http://127.0.0.1:1/demo/sse")
	d.key("Return")
	d.until("the target is created", func() bool { return m.Targets.Chosen != "" && !m.Targets.Busy })
	d.click(d.button(d.w.k.T("spec.add_variable")))
	d.typed("host")
	d.key("Tab")
	d.typed("a.example")
	d.until("the variable has its value", func() bool {
		for _, o := range test.LaidOutObjects(d.w.k.Win.Canvas().Overlays().Top()) {
			if f, ok := o.(*kit.Field); ok && f.PlaceHolder == d.w.k.T("spec.variable_value") && f.Text == "a.example" {
				return true
			}
		}
		return false
	})
}

func TestEndToEndTurnOnOfAFaultStaysWhereItIs(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "alt+s")
	s := d.w.server
	d.click(s.Sections.Buttons[lab.SectionFaults])
	d.until("the faults are shown", func() bool { return s.Faults.Add.Visible() && s.Faults.Add.Size().Width > 0 })
	where := func() (at fyne.Position) {
		fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(s.Faults.Add) })
		return at
	}
	before := where()
	for _, downs := range []int{2, 5, 6, 11} { // kinds with none, one, two and another one field
		fyne.DoAndWait(func() { d.w.k.Win.Canvas().Focus(s.Faults.Kind) })
		d.key("space")
		for range downs {
			d.key("Down")
		}
		d.key("Return")
		d.until("another kind is chosen", func() bool { return s.Faults.Kind.SelectedIndex() == downs-1 })
		if at := where(); at != before {
			t.Errorf("for %q it is at %v, not at %v", s.Faults.Kind.Selected, at, before)
		}
	}
	d.click(s.Faults.Add)
	d.until("the fault is on", func() bool { return d.w.con.Embedded.FaultsOn() == 1 })
}

func TestEndToEndFindSaysWhichMatchIsSelected(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	for range 3 {
		d.key("ctrl+Return")
	}
	d.until("the messages have come", func() bool { return len(d.records(record.Event)) == 3 })
	d.key("ctrl+f")
	d.typed("kind:event hello")
	for _, want := range []string{"match 1 of 3", "match 2 of 3", "match 3 of 3"} {
		d.key("Return")
		d.until("it says "+want, func() bool { return d.w.log.Bar.Count.Text == want })
	}
}

func TestEndToEndEmptyContentIsSaidBeforeItIsSent(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	before := d.w.form.Reason.Text
	d.click(d.w.form.Text)
	d.key("ctrl+a", "BackSpace")
	d.until("the line says that it is empty", func() bool {
		return d.w.form.Reason.Text != before && strings.Contains(d.w.form.Reason.Text, "empty")
	})
	d.key("ctrl+Return")
	d.until("it can be sent", func() bool { return len(d.records(record.Answer)) == 1 })
}

func TestEndToEndLanguageAndWidthLeaveScopeFilterAndPlace(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	pair := console.Pair{ClientID: "demo"}
	for i := range 60 {
		d.w.con.Send(pair, fmt.Sprint("m", i))
	}
	d.until("the messages have come", func() bool { return len(d.records(record.Event)) == 60 })
	d.key("ctrl+Next") // the tab of demo
	d.until("its tab is chosen", func() bool { return d.w.scope.Scope().One })
	d.key("ctrl+f")
	d.typed("kind:event")
	d.until("events are shown alone", func() bool { return d.w.log.Len() == 60 })
	d.key("Down", "Up", "Up", "Up")
	var row int64
	fyne.DoAndWait(func() { row = d.w.log.View.Selected() })
	kept := func() bool {
		return d.w.scope.Scope().One && d.w.log.Len() == 60 && d.w.log.Bar.Field.Text == "kind:event" && d.w.log.View.Selected() == row
	}
	d.key("alt+9")
	d.until("in Chinese all is as it was", func() bool { return kept() && d.w.form.Subscribe.Text == "订阅" })
	d.x("windowsize", "--sync", d.id, "800", "500")
	d.until("in a narrow window all is as it was", func() bool { return kept() && d.w.k.Win.Canvas().Size().Width < 900 })
}
