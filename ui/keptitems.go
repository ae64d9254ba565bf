package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
)

// newTargetList is the page of the targets.
func newTargetList(w *window, m *manager) *keptList {
	var k *keptList
	form := newSpecForm(w, func() { k.changed() })
	add := kit.NewButton(theme.ContentAddIcon(), func() { m.asked = w.askTarget(func(spec target.Spec) { m.add(spec) }) })
	fromCurl := kit.NewButton(theme.ContentPasteIcon(), func() { w.askCurl(func(spec target.Spec) { m.add(spec) }) })
	bring := kit.NewButton(theme.FolderOpenIcon(), m.chooseImport)
	take := kit.NewButton(theme.DocumentSaveIcon(), m.chooseExport)
	embedded := kit.NewButton(theme.ComputerIcon(), func() {
		k.leave(func() {
			m.hide()
			w.target.setSide(sideEmbedded)
		})
	})
	embedded.Importance, embedded.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	w.k.Text(func() {
		embedded.SetText(w.k.T("target.embedded"))
		add.SetText(w.k.T("manager.new"))
		fromCurl.SetText(w.k.T("manager.from_curl"))
		bring.SetText(w.k.T("manager.import"))
		take.SetText(w.k.T("manager.export"))
	})
	k = newKeptList(w, m, kept{
		names: func() []string { names, _, _ := w.con.TargetNames(); return names },
		show: func(name string) {
			file, _ := w.con.Targets()
			for _, spec := range file.Targets {
				if spec.Name == name {
					m.shape = spec.Shape
					form.show(spec)
				}
			}
		},
		read: func(more ...*target.Problem) (any, []*target.Problem) {
			spec, problems := form.check(more...)
			spec.Shape = m.shape
			return spec, problems
		},
		name: func(item any) string { return item.(target.Spec).Name },
		save: func(ctx context.Context, s *target.Store, old string, item any) error {
			return s.Edit(ctx, old, item.(target.Spec))
		},
		copy:    func(ctx context.Context, s *target.Store, name string) (string, error) { return s.Duplicate(ctx, name) },
		remove:  func(ctx context.Context, s *target.Store, name string) error { return s.Delete(ctx, name) },
		form:    form.content,
		fixed:   container.NewVBox(embedded, widget.NewSeparator()),
		use:     m.use,
		renamed: w.renamed,
	}, "manager.no_targets", container.NewGridWithColumns(2, add, fromCurl), container.NewGridWithColumns(2, bring, take))
	m.form, m.make, m.embedded = form, add, embedded
	return k
}

// newEnvironmentList is the page of the environments.
func newEnvironmentList(w *window, m *manager) *keptList {
	var k *keptList
	form := newEnvironmentForm(w, func() { k.changed() })
	add := kit.NewButton(theme.ContentAddIcon(), func() {
		name := free(w.k.T("manager.environment"), k.names)
		k.add(func(ctx context.Context, s *target.Store) (string, error) {
			return name, s.AddEnvironment(ctx, target.Environment{Name: name})
		})
	})
	w.k.Text(func() { add.SetText(w.k.T("manager.new")) })
	k = newKeptList(w, m, kept{
		names: func() []string { _, names, _ := w.con.TargetNames(); return names },
		show: func(name string) {
			file, _ := w.con.Targets()
			for _, e := range file.Environments {
				if e.Name == name {
					form.show(e)
				}
			}
		},
		read: func(more ...*target.Problem) (any, []*target.Problem) { return form.check(more...) },
		name: func(item any) string { return item.(target.Environment).Name },
		save: func(ctx context.Context, s *target.Store, old string, item any) error {
			return s.EditEnvironment(ctx, old, item.(target.Environment))
		},
		copy: func(ctx context.Context, s *target.Store, name string) (string, error) {
			return s.DuplicateEnvironment(ctx, name)
		},
		remove: func(ctx context.Context, s *target.Store, name string) error { return s.DeleteEnvironment(ctx, name) },
		form:   form.content,
		use: func(name string) {
			w.con.ActivateEnvironment(name)
			m.hide()
		},
		first: func() fyne.Focusable { return form.name },
	}, "manager.no_environments", add)
	m.environment = form
	return k
}

// add saves a new target under a name that none has, and chooses it.
func (m *manager) add(spec target.Spec) {
	spec.Name = free(spec.Name, m.targets.names)
	m.pages.Choose(0)
	m.targets.add(func(ctx context.Context, s *target.Store) (string, error) { return spec.Name, s.Add(ctx, spec) })
}

// free returns a name that none of names is, made of name.
func free(name string, names []string) string {
	for n, try := 1, name; ; n++ {
		if n > 1 {
			try = fmt.Sprintf("%s %d", name, n)
		}
		if !slices.Contains(names, try) {
			return try
		}
	}
}

// renamed follows a target that got another name.
func (w *window) renamed(old, name string) {
	if w.con.Settings().Target == old {
		w.con.UpdateSettings(func(s *console.Settings) { s.Target = name })
	}
	if b := w.target.saved; b.targets.Selected == old {
		b.targets.Selected = name
		b.targets.Options = nil // so that refresh takes the names up
		b.refresh()
		b.targets.Refresh()
	}
}
