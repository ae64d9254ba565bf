package targets

import (
	"context"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// kept is what a keptList shows and changes: targets or environments.
type kept struct {
	names   func() []string
	show    func(name string)                                          // fills the form in with the saved one
	read    func(more ...*endpoint.Problem) (any, []*endpoint.Problem) // what the form says, and tells what is wrong
	name    func(any) string
	save    func(ctx context.Context, s *endpoint.Store, old string, item any) error
	copy    func(ctx context.Context, s *endpoint.Store, name string) (string, error)
	remove  func(ctx context.Context, s *endpoint.Store, name string) error
	form    fyne.CanvasObject
	use     func(name string)
	fixed   fyne.CanvasObject      // stands above the list, or nil
	first   func() fyne.Focusable  // gets the focus in a new one, or nil
	renamed func(old, name string) // after a save, or nil
}

// keptList is a list of what is saved, and the form of the one that is chosen.
// Nothing that was changed in the form is lost without a question.
type keptList struct {
	t       *Targets
	m       *manager
	of      kept
	content fyne.CanvasObject

	list             *widget.List
	names            []string
	Chosen           string // "" if none is
	saved            any    // as the form was filled in
	setting, Busy    bool
	emptyKey         string // of the text that says what to do while nothing is saved
	empty, wrong     *widget.Label
	form, foot       *fyne.Container
	Save, undo, Use  *kit.Button
	duplicate, trash *kit.Button
}

// nothing says what to do while nothing is saved, or why nothing could be read.
func (k *keptList) nothing() {
	text, importance := k.t.k.T(k.emptyKey), widget.MediumImportance
	if _, err := k.t.con.Targets.File(); err != nil {
		text, importance = k.t.k.T("manager.not_read", "Why", wording.Of(k.t.k.Texts).TargetError(err)), widget.DangerImportance
	}
	if text = k.t.k.ShownText(text); k.empty.Text != text || k.empty.Importance != importance {
		k.empty.Importance = importance
		k.empty.SetText(text)
	}
}

func newKeptList(t *Targets, m *manager, of kept, emptyKey string, more ...fyne.CanvasObject) *keptList {
	k := &keptList{t: t, m: m, of: of, emptyKey: emptyKey}
	k.list = widget.NewList(func() int { return len(k.names) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*widget.Label).SetText(t.k.ShownText(k.names[i])) })
	k.list.OnSelected = func(i widget.ListItemID) {
		if !k.setting && i < len(k.names) && k.names[i] != k.Chosen {
			name := k.names[i]
			k.mark()
			k.leave(func() { k.choose(name) })
		}
	}
	k.duplicate = kit.NewButton(theme.ContentCopyIcon(), k.doDuplicate)
	k.trash = kit.NewButton(theme.DeleteIcon(), k.doDelete)
	k.empty, k.wrong = widget.NewLabel(""), widget.NewLabel("")
	k.empty.Wrapping, k.wrong.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	k.wrong.Importance = widget.DangerImportance
	k.Save = kit.NewButton(theme.DocumentSaveIcon(), func() { k.doSave(nil) })
	k.undo = kit.NewButton(theme.ContentUndoIcon(), func() { k.choose(k.Chosen) })
	k.Use = kit.NewButton(theme.ConfirmIcon(), func() {
		use := func() { k.of.use(k.Chosen) }
		if k.dirty() {
			k.doSave(use)
			return
		}
		use()
	})
	k.Use.Importance = widget.HighImportance
	k.foot = container.NewVBox(k.wrong, container.NewHBox(layout.NewSpacer(), k.undo, k.Save, k.Use))
	k.form = container.NewBorder(nil, k.foot, nil, nil, of.form)
	buttons := container.NewVBox(append(append([]fyne.CanvasObject{}, more...), container.NewGridWithColumns(2, k.duplicate, k.trash))...)
	left := container.New(kit.FixedWidth(208), container.NewBorder(of.fixed, buttons, nil, nil, k.list))
	k.content = besides(container.NewHBox(left, widget.NewSeparator()), container.NewStack(k.form, container.NewCenter(container.New(kit.FixedWidth(400), k.empty))))
	t.k.Text(func() {
		T := t.k.T
		k.duplicate.SetText(T("manager.duplicate"))
		k.trash.SetText(T("manager.delete"))
		k.Save.SetText(T("manager.save"))
		k.undo.SetText(T("manager.undo"))
		k.nothing()
		k.changed()
	})
	return k
}

// load chooses a saved item, or the first one.
func (k *keptList) load(name string) {
	k.names = k.of.names()
	k.list.Refresh()
	if !slices.Contains(k.names, name) {
		name = ""
		if len(k.names) > 0 {
			name = k.names[0]
		}
	}
	k.choose(name)
}

// choose fills the form in with a saved item.
func (k *keptList) choose(name string) {
	k.Chosen, k.saved = name, nil
	if name == "" {
		k.nothing()
	}
	k.mark()
	kit.SetVisible(k.form, name != "")
	kit.SetVisible(k.empty, name == "")
	k.wrong.SetText("")
	k.wrong.Hide()
	if name != "" {
		k.of.show(name)
		k.saved, _ = k.of.read()
	}
	k.changed()
}

// mark shows in the list which item is chosen.
func (k *keptList) mark() {
	k.setting = true
	defer func() { k.setting = false }()
	if i := slices.Index(k.names, k.Chosen); i >= 0 {
		k.list.Select(i)
	} else {
		k.list.UnselectAll()
	}
}

// refresh takes up what was saved meanwhile.
func (k *keptList) refresh() {
	names := k.of.names()
	if len(names) == 0 {
		k.nothing()
	}
	if slices.Equal(names, k.names) {
		return
	}
	k.names = names
	k.list.Refresh()
	if k.Chosen == "" || !slices.Contains(names, k.Chosen) {
		k.load("")
		return
	}
	k.mark()
}

// dirty reports whether the form says something else than what is saved.
func (k *keptList) dirty() bool {
	if k.saved == nil {
		return false
	}
	item, _ := k.of.read(k.taken()...)
	return !reflect.DeepEqual(item, k.saved)
}

// taken returns the problem that another item has the name, if it is so.
func (k *keptList) taken() []*endpoint.Problem {
	item, _ := k.of.read()
	name := k.of.name(item)
	if name != k.Chosen && slices.Contains(k.names, name) {
		return []*endpoint.Problem{{Field: "name", Code: endpoint.Duplicate, Value: name}}
	}
	return nil
}

// changed checks the form and enables what can be done.
func (k *keptList) changed() {
	if k.Save == nil {
		return
	}
	able := k.Chosen != "" && !k.Busy
	kit.SetEnabled(k.duplicate, able)
	kit.SetEnabled(k.trash, able)
	if k.saved == nil {
		return
	}
	item, problems := k.of.read(k.taken()...)
	dirty := !reflect.DeepEqual(item, k.saved)
	wrong := errorsIn(problems)
	kit.SetEnabled(k.Save, dirty && wrong == 0 && !k.Busy)
	kit.SetEnabled(k.undo, dirty && !k.Busy)
	kit.SetEnabled(k.Use, wrong == 0 && !k.Busy)
	use := k.t.k.T("manager.use")
	if dirty && wrong == 0 {
		use = k.t.k.T("manager.save_and_use")
	}
	if k.Use.Text != use {
		k.Use.SetText(use)
	}
}

// errorsIn counts the problems that keep an item from being saved.
func errorsIn(problems []*endpoint.Problem) int {
	n := 0
	for _, p := range problems {
		if !p.Warning() {
			n++
		}
	}
	return n
}

// edit changes what is saved, and then calls done if nothing went wrong.
func (k *keptList) edit(change func(context.Context, *endpoint.Store) error, done func()) {
	k.Busy = true
	k.changed()
	k.t.con.Targets.Edit(change, func(err error) {
		k.t.k.Post(func() {
			k.Busy = false
			k.names = k.of.names()
			k.list.Refresh()
			k.wrong.Hide()
			if err != nil {
				k.wrong.SetText(k.t.k.ShownText(wording.Of(k.t.k.Texts).TargetError(err)))
				k.wrong.Show()
				k.changed()
				return
			}
			done()
		})
	})
}

func (k *keptList) doSave(then func()) {
	item, problems := k.of.read(k.taken()...)
	if errorsIn(problems) > 0 || k.Chosen == "" {
		return
	}
	old := k.Chosen
	k.edit(func(ctx context.Context, s *endpoint.Store) error { return k.of.save(ctx, s, old, item) }, func() {
		name := k.of.name(item)
		if k.of.renamed != nil {
			k.of.renamed(old, name)
		}
		k.choose(name)
		if then != nil {
			then()
		}
	})
}

func (k *keptList) doDuplicate() {
	k.leave(func() {
		var name string
		k.edit(func(ctx context.Context, s *endpoint.Store) (err error) {
			name, err = k.of.copy(ctx, s, k.Chosen)
			return err
		}, func() { k.choose(name) })
	})
}

func (k *keptList) doDelete() {
	name, T := k.Chosen, k.t.k.T
	ask := dialog.NewConfirm(T("manager.delete"), T("manager.delete_sure", "Name", k.t.k.Brief(name)), func(yes bool) {
		if yes {
			k.edit(func(ctx context.Context, s *endpoint.Store) error { return k.of.remove(ctx, s, name) }, func() { k.load("") })
		}
	}, k.t.k.Win)
	ask.SetConfirmText(T("manager.delete"))
	ask.SetConfirmImportance(widget.DangerImportance)
	ask.Show()
}

// add saves a new item and chooses it.
func (k *keptList) add(add func(ctx context.Context, s *endpoint.Store) (name string, err error)) {
	k.leave(func() {
		var name string
		k.edit(func(ctx context.Context, s *endpoint.Store) (err error) {
			name, err = add(ctx, s)
			return err
		}, func() {
			k.choose(name)
			if k.of.first != nil {
				k.t.k.Win.Canvas().Focus(k.of.first())
			}
		})
	})
}
