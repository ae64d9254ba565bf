package targets

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

// newTargetList returns the page of the targets.
func newTargetList(t *Targets, m *manager) *itemList {
	var k *itemList
	form := newSpecForm(t.k, func() { k.changed() })
	add := kit.NewButton(theme.ContentAddIcon(), func() { m.Asked = t.askTarget(func(spec endpoint.Spec) { m.add(spec) }) })
	fromCurl := kit.NewButton(theme.ContentPasteIcon(), func() { t.AskCurl(func(spec endpoint.Spec) { m.add(spec) }) })
	importing := kit.NewButton(theme.FolderOpenIcon(), m.chooseImport)
	exporting := kit.NewButton(theme.DocumentSaveIcon(), m.chooseExport)
	embedded := kit.NewButton(theme.ComputerIcon(), func() {
		k.leave(func() {
			m.hide()
			t.cfg.UseEmbedded()
		})
	})
	embedded.Importance, embedded.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	t.k.Text(func() {
		embedded.SetText(t.k.T("target.embedded"))
		add.SetText(t.k.T("manager.new"))
		fromCurl.SetText(t.k.T("manager.from_curl"))
		importing.SetText(t.k.T("manager.import"))
		exporting.SetText(t.k.T("manager.export"))
	})
	k = newItemList(t, m, itemKind{
		names: func() []string { names, _, _ := t.con.Targets.Names(); return names },
		show: func(name string) {
			file, _ := t.con.Targets.File()
			for _, spec := range file.Targets {
				if spec.Name == name {
					m.shape = spec.Shape
					form.show(spec)
				}
			}
		},
		read: func(more ...*endpoint.Problem) (any, []*endpoint.Problem) {
			spec, problems := form.check(more...)
			spec.Shape = m.shape
			return spec, problems
		},
		name: func(item any) string { return item.(endpoint.Spec).Name },
		save: func(ctx context.Context, s *endpoint.Store, old string, item any) error {
			return s.Edit(ctx, old, item.(endpoint.Spec))
		},
		copy: func(ctx context.Context, s *endpoint.Store, name string) (string, error) {
			return s.Duplicate(ctx, name)
		},
		remove:  func(ctx context.Context, s *endpoint.Store, name string) error { return s.Delete(ctx, name) },
		form:    form.content,
		fixed:   container.NewVBox(embedded, widget.NewSeparator()),
		use:     m.use,
		renamed: t.renamed,
	}, "manager.no_targets", "manager.new", add.OnTapped, container.NewGridWithColumns(2, add, fromCurl), container.NewGridWithColumns(2, importing, exporting))
	m.Form, m.Make, m.embedded = form, add, embedded
	return k
}

// newEnvironmentList returns the page of the environments.
func newEnvironmentList(t *Targets, m *manager) *itemList {
	var k *itemList
	form := newEnvironmentForm(t.k, func() { k.changed() })
	add := kit.NewButton(theme.ContentAddIcon(), func() {
		name := free(t.k.T("manager.environment"), k.names)
		k.add(func(ctx context.Context, s *endpoint.Store) (string, error) {
			return name, s.AddEnvironment(ctx, endpoint.Environment{Name: name})
		})
	})
	t.k.Text(func() { add.SetText(t.k.T("manager.new_environment")) })
	k = newItemList(t, m, itemKind{
		names: func() []string { _, names, _ := t.con.Targets.Names(); return names },
		show: func(name string) {
			file, _ := t.con.Targets.File()
			for _, e := range file.Environments {
				if e.Name == name {
					form.show(e)
				}
			}
		},
		read: func(more ...*endpoint.Problem) (any, []*endpoint.Problem) { return form.check(more...) },
		name: func(item any) string { return item.(endpoint.Environment).Name },
		save: func(ctx context.Context, s *endpoint.Store, old string, item any) error {
			return s.EditEnvironment(ctx, old, item.(endpoint.Environment))
		},
		copy: func(ctx context.Context, s *endpoint.Store, name string) (string, error) {
			return s.DuplicateEnvironment(ctx, name)
		},
		remove: func(ctx context.Context, s *endpoint.Store, name string) error { return s.DeleteEnvironment(ctx, name) },
		form:   form.content,
		use: func(name string) {
			t.con.Targets.Activate(name)
			m.hide()
		},
		first: func() *kit.Field { return form.name },
	}, "manager.no_environments", "manager.new_environment", add.OnTapped, add)
	m.environment = form
	return k
}

// add saves a new target under an unused name and chooses it.
func (m *manager) add(spec endpoint.Spec) {
	spec.Name = free(spec.Name, m.Targets.names)
	m.pages.Choose(0)
	m.Targets.add(func(ctx context.Context, s *endpoint.Store) (string, error) { return spec.Name, s.Add(ctx, spec) })
}

// free returns name, with a number appended if it is one of names.
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

// renamed updates the settings and the form after a target was renamed.
func (t *Targets) renamed(old, name string) {
	if t.con.Settings().Target == old {
		t.con.UpdateSettings(func(s *settings.Settings) { s.Target = name })
	}
	t.cfg.Renamed(old, name)
}
