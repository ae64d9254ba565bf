//go:build e2e

package ui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/form"
	"sseconsole/ui/kit"
	"sseconsole/ui/targets"
)

// fill replaces the text of a field by typing. It does not click into the field,
// because Fyne delays a click to wait for a second one.
func (d *desk) fill(e *kit.Field, text string) {
	d.t.Helper()
	d.until("the field is shown", func() bool { return e.Visible() && e.Size().Width > 0 })
	fyne.DoAndWait(func() { d.w.k.Win.Canvas().Focus(e) })
	d.key("ctrl+a")
	d.typed(text)
	d.until("it has the text", func() bool { return e.Text == text })
}

func TestEndToEndATargetIsCreatedSavedAndUsed(t *testing.T) {
	base := serve(t)
	d := open(t, "")
	d.key("ctrl+m")
	d.until("the panel is open", func() bool { return d.w.targets.Manager != nil && d.w.targets.Manager.Popup.Visible() })
	m := d.w.targets.Manager
	d.click(m.Make)
	d.typed("ftp://h")
	d.until("the error in the address is shown", func() bool {
		return m.Asked.Wrong.Text == d.w.k.T("target.problem.bad_scheme") && m.Asked.Ok.Disabled()
	})
	d.key("Return", "ctrl+a")
	d.typed(base)
	d.key("Return")
	d.until("the target is created", func() bool { return m.Targets.Chosen != "" && !m.Targets.Busy })

	d.fill(m.Form.Name, "Mine")
	d.click(m.Form.Pages.Buttons[targets.PageSend])
	d.fill(m.Form.Calls[1].URL, "gopher://h")
	d.until("the error in the URL is shown", func() bool {
		return m.Form.Fields.Wrong["send.url"].Text == d.w.k.T("target.problem.bad_scheme") && m.Targets.Save.Disabled()
	})
	d.fill(m.Form.Calls[1].URL, "{base}/send")
	d.until("it can be saved", func() bool { return !m.Targets.Save.Disabled() })
	d.click(m.Targets.Use)
	d.until("it is used", func() bool { p, ok := d.w.form.Pair(); return ok && p.Saved == "Mine" && !m.Popup.Visible() })

	d.key("space")
	d.untilOpen()
	d.key("ctrl+Return")
	d.until("the message arrived", func() bool { return len(d.records(record.Event)) > 0 })
	d.until("the latency is shown", func() bool { return d.w.stats.Took.Visible() })
	for _, r := range d.records(record.Event) {
		if r.Target != "Mine" || r.Data != "hello" {
			t.Errorf("received %[2]q from %[1]q", r.Target, r.Data)
		}
	}
	d.closing(1)
	d.until("it has reconnected", func() bool { return len(d.records(record.Open)) == 2 })
	d.untilOpen()
	d.closing(2)
	d.until("the dialog for the Last-Event-ID is open", func() bool { return d.w.k.Asking() })
	d.key("ctrl+a")
	d.typed("7")
	d.key("Return")
	d.until("it continues from there", func() bool {
		asked := d.records(record.Subscribe)
		return len(asked) == 3 && asked[2].ID == "7"
	})
}

func TestEndToEndTheEnvironmentIsSwitchedInTheTopRow(t *testing.T) {
	base := serve(t)
	d := open(t, "")
	made := make(chan error, 1)
	d.w.con.Targets.Edit(func(ctx context.Context, s *endpoint.Store) error {
		for name, value := range map[string]string{"dev": base, "none": ""} {
			e := endpoint.Environment{Name: name}
			if value != "" {
				e.Variables = []endpoint.Variable{{Name: "base", Value: value}}
			}
			if err := s.AddEnvironment(ctx, e); err != nil {
				return err
			}
		}
		return s.Add(ctx, endpoint.Spec{Name: "Mine", Subscribe: endpoint.Call{
			URL: "{{base}}/subscribe", Query: []endpoint.Param{{Name: "clientId", Value: "{clientId}"}},
		}})
	}, func(err error) { made <- err })
	if err := <-made; err != nil {
		t.Fatal(err)
	}
	fyne.DoAndWait(func() { d.w.form.Target.SetSide(form.SideSaved) })
	choice := d.w.form.Target.Env
	d.until("the environments are listed", func() bool { return len(choice.List.Options) == 3 && choice.Content.Visible() })
	pick := func(name string) {
		d.click(choice.List)
		for range 1 + slices.Index(choice.List.Options, name) {
			d.key("Down")
		}
		d.key("Return")
		d.until(name+" is active", func() bool { _, _, active := d.w.con.Targets.Names(); return active == name })
	}
	pick("none")
	d.until("the missing variable is named", func() bool {
		return d.w.form.Subscribe.Disabled() && d.w.form.Reason.Text == d.w.k.T("why.undefined", "About", "{{base}}")
	})
	pick("dev")
	d.until("it can subscribe", func() bool { return !d.w.form.Subscribe.Disabled() })
	d.key("ctrl+u")
	d.untilOpen()
	if n := len(d.records(record.Subscribe)); n != 1 {
		t.Errorf("%d requests were sent", n)
	}
}
