//go:build e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/console/embedded"
)

// toast returns the visible part of a toast with a type of package kit.
func (d *desk) toast(part string) (found fyne.CanvasObject) {
	d.t.Helper()
	d.until("there is a "+part, func() bool {
		for _, o := range test.LaidOutObjects(d.w.k.Win.Content()) {
			if fmt.Sprintf("%T", o) == "*kit."+part && !theApp.Driver().AbsolutePositionForObject(o).IsZero() {
				found = o
			}
		}
		return found != nil
	})
	return found
}

func (d *desk) untilToast(text string) {
	d.t.Helper()
	d.until("a toast says "+text, func() bool {
		return slices.ContainsFunc(d.w.k.Toasts(), func(shown string) bool { return strings.Contains(shown, text) })
	})
}

func TestEndToEndAToastLeavesFocusAndClicksAlone(t *testing.T) {
	d := open(t, "")
	d.click(d.w.form.ClientID)
	d.key("ctrl+shift+u")
	d.untilToast("Copied the URL")
	d.typed("x") // into the field that has the focus
	d.until("the text arrives", func() bool { return strings.Contains(d.w.form.ClientID.Text, "x") })
	if d.w.k.Asking() {
		t.Error("a toast counts as a dialog")
	}
	d.click(d.w.form.Subscribe) // beside the toast
	d.untilOpen()

	d.key("ctrl+shift+u")
	d.untilToast("Copied the URL")
	at, _ := d.placeOf(d.toast("toast"))
	d.x("mousemove", "--window", d.id, fmt.Sprint(int(at.X+5)), fmt.Sprint(int(at.Y+5)))
	time.Sleep(7 * time.Second) // longer than it stays without the mouse
	d.untilToast("Copied the URL")
	d.x("mousemove", "--window", d.id, "5", "5")
	d.until("it ends without the mouse", func() bool { return len(d.w.k.Toasts()) == 0 })
}

func TestEndToEndASavedFileIsShownInItsFolder(t *testing.T) {
	home, bin := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	asked := filepath.Join(home, "asked")
	d := open(t, "")
	for _, works := range []bool{true, false} {
		script := "#!/bin/sh\necho \"$@\" > " + asked + "\n"
		if !works {
			script = "#!/bin/sh\nexit 3\n"
		}
		if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		d.key("ctrl+shift+s")
		d.click(d.button("Save"))
		d.until("the dialog is closed", func() bool { return !d.w.k.Asking() })
		d.untilToast("Saved as " + home)
		d.click(d.toast("toastButton"))
		if !works {
			d.untilToast("could not be opened")
			break
		}
		d.until("the file manager is asked", func() bool {
			got, err := os.ReadFile(asked)
			return err == nil && strings.HasPrefix(string(got), home)
		})
		if got := d.w.k.Toasts(); len(got) > 0 {
			t.Errorf("toasts %q although it worked", got)
		}
		time.Sleep(time.Second) // the name of the file has the time in seconds
	}
}

func TestEndToEndNoticesAreRowsIfWanted(t *testing.T) {
	d := open(t, "")
	if d.w.log.Len() != 0 || len(d.w.k.Toasts()) != 0 {
		t.Errorf("at the start there are %d rows and the toasts %q", d.w.log.Len(), d.w.k.Toasts())
	}
	d.key("ctrl+shift+e")
	d.until("the server is stopped", func() bool { return d.w.con.Embedded.Status().State == embedded.Stopped })
	d.untilToast("has stopped")
	if d.w.log.Len() != 0 {
		t.Errorf("%d rows", d.w.log.Len())
	}
	d.key("ctrl+8")
	d.until("the notices are rows", func() bool { return strings.Contains(d.shown(), "has stopped") && d.w.log.Len() == 2 })
	d.key("ctrl+8")
	d.until("the rows are gone", func() bool { return d.w.log.Len() == 0 })
	d.click(d.w.log.Kinds.More)
	d.until("the menu is open", func() bool { return d.w.k.Asking() })
	d.key("Up", "Return") // the last item
	d.until("the notices are rows again", func() bool { return d.w.log.Len() == 2 })
}
