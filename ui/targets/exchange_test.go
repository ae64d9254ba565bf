//go:build !e2e

package targets

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording/catalogue"
)

// eachIn calls do for an object and every visible object in it.
func eachIn(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	for _, found := range test.LaidOutObjects(o) {
		do(found)
	}
}

// buttonIn returns the button of a dialog with a text, or nil.
func buttonIn(o fyne.CanvasObject, text string) (found *kit.Button) {
	eachIn(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Text == text {
			found = b
		}
	})
	return found
}

// textIn returns the texts of all labels of a dialog.
func textIn(o fyne.CanvasObject) string {
	var found []string
	eachIn(o, func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.Label); ok {
			found = append(found, l.Text)
		}
	})
	return strings.Join(found, "\n")
}

func TestAFileOfTargetsIsImportedAndErrorsInItAreLocated(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.targets.Manage()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	overlays := len(k.k.Win.Canvas().Overlays().List())
	k.targets.Manager.importFile(write("wrong.json", "{\n\"version\":1,\n\"target\":[]}"))
	k.until("the result is shown", func() bool { return len(k.k.Win.Canvas().Overlays().List()) > overlays })
	if targets, _, _ := k.con.Targets.Names(); len(targets) > 0 {
		t.Errorf("an invalid file imported %v", targets)
	}
	k.k.Dismiss()
	k.targets.Manager.chooseImport()
	field := k.k.Win.Canvas().Focused().(*kit.Field)
	field.SetText(write("right.json", `{"version":1,"targets":[{"name":"x","subscribe":{"url":"http://h"}}],"environments":[{"name":"dev"}]}`))
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	k.until("it is chosen", func() bool { return k.targets.Manager.Targets.Chosen == "x" })
	k.until("the result is shown", func() bool { return slices.Contains(k.k.Toasts(), "Imported: x, dev.") })
	if _, environments, _ := k.con.Targets.Names(); len(environments) != 1 {
		t.Errorf("the environments are %v", environments)
	}
}

func TestAnImportAsksWhatToDoAboutConflictingNames(t *testing.T) {
	file := `{"version":1,"targets":[
		{"name":"a","subscribe":{"url":"http://new"}},
		{"name":"same","subscribe":{"url":"http://same"}},
		{"name":"fresh","subscribe":{"url":"http://fresh"},"auth":{"kind":"bearer","value":"{key}"},"variables":[{"name":"key","secret":true}]}]}`
	for _, c := range []struct {
		answer string // the key of the button
		want   map[string]string
		told   []string // parts of the report
	}{
		{"fyne.Cancel", map[string]string{"a": "http://old"}, nil},
		{"manager.skip", map[string]string{"a": "http://old", "fresh": "http://fresh"}, []string{"Imported: fresh.", "Unchanged: a, same.", "fresh: key"}},
		{"manager.replace", map[string]string{"a": "http://new", "fresh": "http://fresh"}, []string{"Imported: a, fresh.", "Unchanged: same."}},
		{"manager.keep_both", map[string]string{"a": "http://old", "a 2": "http://new", "fresh": "http://fresh"}, []string{"Imported: a 2, fresh."}},
	} {
		t.Run(c.answer, func(t *testing.T) {
			k := newTargetsWindow(t, catalogue.English)
			k.edit(func(ctx context.Context, s *endpoint.Store) error {
				if err := s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "http://old"}}); err != nil {
					return err
				}
				return s.Add(ctx, endpoint.Spec{Name: "same", Subscribe: endpoint.Call{URL: "http://same"}})
			})
			k.targets.Manage()
			path := filepath.Join(t.TempDir(), "targets.json")
			if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
				t.Fatal(err)
			}
			top := func() fyne.CanvasObject { return k.k.Win.Canvas().Overlays().Top() }
			panel := top()
			k.targets.Manager.importFile(path)
			k.until("it asks what to do", func() bool { return top() != panel })
			question := textIn(top())
			if !strings.Contains(question, k.k.T("manager.conflict", "Names", "a")) {
				t.Errorf("asked %q", question)
			}
			b := buttonIn(top(), k.k.T(c.answer))
			if b == nil {
				t.Fatalf("no button %q", k.k.T(c.answer))
			}
			b.OnTapped()
			if c.told != nil {
				k.until("the result is shown", func() bool { return strings.Contains(textIn(top()), c.told[0]) })
			}
			told := textIn(top())
			for _, part := range c.told {
				if !strings.Contains(told, part) {
					t.Errorf("%q is not in %q", part, told)
				}
			}
			got := map[string]string{}
			saved, _ := k.con.Targets.File()
			for _, s := range saved.Targets {
				got[s.Name] = s.Subscribe.URL
			}
			c.want["same"] = "http://same"
			if !maps.Equal(got, c.want) {
				t.Errorf("saved %v, want %v", got, c.want)
			}
		})
	}
}

func TestSeveralTargetsAreExportedWithoutSecrets(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		for _, name := range []string{"a", "b", "c"} {
			spec := endpoint.Spec{Name: name, Subscribe: endpoint.Call{URL: "http://h"}, Auth: endpoint.Auth{Kind: endpoint.AuthBearer, Value: "s3cret-" + name}}
			if err := s.Add(ctx, spec); err != nil {
				return err
			}
		}
		return s.AddEnvironment(ctx, endpoint.Environment{Name: "dev"})
	})
	k.targets.Manage()
	c := k.targets.Manager.askExport()
	if !c.all.Checked || len(c.checks) != 4 || c.ok.Disabled() {
		t.Errorf("initially: all %v, %d check boxes", c.all.Checked, len(c.checks))
	}
	c.all.SetChecked(false)
	if !c.ok.Disabled() {
		t.Error("an empty choice can be exported")
	}
	c.checks[0].SetChecked(true)
	c.checks[2].SetChecked(true)
	if c.all.Checked || c.ok.Disabled() {
		t.Errorf("two of four: all %v", c.all.Checked)
	}
	c.checks[3].SetChecked(true)
	targets, environments := c.chosen()
	path := filepath.Join(t.TempDir(), "out.json")
	k.targets.Manager.exportTo(path, targets, environments)
	k.until("the result is shown", func() bool {
		return strings.Contains(strings.Join(k.k.Toasts(), ""), path)
	})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := endpoint.Decode(data)
	if err != nil || len(file.Targets) != 2 || file.Targets[0].Name != "a" || file.Targets[1].Name != "c" || len(file.Environments) != 1 {
		t.Errorf("%s\n%v", data, err)
	}
	if strings.Contains(string(data), "s3cret") {
		t.Errorf("the file contains a secret: %s", data)
	}
}
