//go:build e2e

package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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
