//go:build !e2e

package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/form"
	"sseconsole/ui/wording/catalogue"
)

func TestTheEnvironmentIsSwitchedByOneClickIfThereIsRoom(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		for _, name := range []string{"dev", "test", "production"} {
			if err := s.AddEnvironment(ctx, endpoint.Environment{Name: name}); err != nil {
				return err
			}
		}
		return s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "https://h"}})
	})
	k.form.Target.SetSide(form.SideSaved)
	k.refresh()
	c := k.form.Target.Saved.Environment
	if !c.Each.Visible() || c.List.Visible() || len(c.Each.Objects) != 3 {
		t.Fatalf("%d buttons, shown %v; the list %v", len(c.Each.Objects), c.Each.Visible(), c.List.Visible())
	}
	radio := func(i int) *widget.RadioGroup { return c.Each.Objects[i].(*widget.RadioGroup) }
	is := func(name string) func() bool {
		return func() bool {
			_, _, active := k.con.Targets.Names()
			k.refresh()
			k.k.Post(func() {})
			return active == name
		}
	}
	radio(2).SetSelected("production")
	k.until("production is active", is("production"))
	radio(0).SetSelected("dev")
	k.until("dev is active", is("dev"))
	if radio(2).Selected != "" || c.List.Selected != "dev" {
		t.Errorf("production is selected: %q, the list has %q", radio(2).Selected, c.List.Selected)
	}
	radio(0).SetSelected("")
	k.until("none is active", is(""))

	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.AddEnvironment(ctx, endpoint.Environment{Name: "a fourth one, whose name takes a lot of room"})
	})
	k.k.Win.Resize(fyne.NewSize(800, 500))
	k.refresh()
	if c.Each.Visible() || !c.List.Visible() {
		t.Errorf("without room the buttons are shown %v, the list %v", c.Each.Visible(), c.List.Visible())
	}
	c.List.SetSelectedIndex(2)
	k.until("test is active", is("test"))
	c.List.SetSelectedIndex(0)
	k.until("none is active again", is(""))
}
