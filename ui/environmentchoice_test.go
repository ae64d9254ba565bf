//go:build !e2e

package ui

import (
	"context"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/ui/form"
	"sseconsole/ui/wording/catalogue"
)

func TestTheEnvironmentOfASavedTargetIsSwitchedInTheTopRow(t *testing.T) {
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
	c := k.form.Target.Env
	if !c.Content.Visible() || len(c.List.Options) != 4 {
		t.Fatalf("shown %v: %q", c.Content.Visible(), c.List.Options)
	}
	is := func(name string) func() bool {
		return func() bool {
			_, _, active := k.con.Targets.Names()
			k.refresh()
			k.k.Post(func() {})
			return active == name
		}
	}
	c.List.SetSelectedIndex(3)
	k.until("the last is active", is("production"))
	c.List.SetSelectedIndex(0)
	k.until("none is active", is(""))
	k.con.Targets.Activate("dev")
	k.until("dev is active", is("dev"))
	if c.List.Selected != "dev" {
		t.Errorf("the list has %q", c.List.Selected)
	}
	k.form.Target.SetSide(form.SideEmbedded)
	if c.Content.Visible() {
		t.Error("the embedded server has an environment")
	}
}
