package targets

import (
	"context"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// itemKind is what an itemList shows and edits: targets or environments.
type itemKind struct {
	names   func() []string
	show    func(name string)                                          // fills in the form with a saved item
	read    func(more ...*endpoint.Problem) (any, []*endpoint.Problem) // reads the form, and shows and returns what is wrong
	name    func(any) string
	save    func(ctx context.Context, s *endpoint.Store, old string, item any) error
	copy    func(ctx context.Context, s *endpoint.Store, name string) (string, error)
	remove  func(ctx context.Context, s *endpoint.Store, name string) error
	form    fyne.CanvasObject
	use     func(name string)
	fixed   fyne.CanvasObject      // shown above the list, or nil
	first   func() *kit.Field      // returns the field to focus in a new item; may be nil
	renamed func(old, name string) // called after a save; may be nil
}

// itemList is a list of saved items and the form of the chosen one. It never discards
// changes in the form without asking.
type itemList struct {
	t       *Targets
	m       *manager
	kind    itemKind
	content fyne.CanvasObject

	list             *kit.List
	names            []string
	Chosen           string // name of the chosen item, or ""
	saved            any    // the chosen item as saved; nil if none is chosen
	setting, Busy    bool   // the list is being marked by the program; the store is being changed
	emptyKey, newKey string // keys of the text and the button that say what to do while nothing is saved
	empty            *kit.Empty
	wrong            *widget.Label
	form, foot       *fyne.Container
	Save, undo, Use  *kit.Button
	duplicate, trash *kit.Button
}

// showEmpty says what to do while nothing is saved, or why nothing could be read.
func (k *itemList) showEmpty() {
	text, importance := k.t.k.T(k.emptyKey), widget.MediumImportance
	if _, err := k.t.con.Targets.File(); err != nil {
		text, importance = k.t.k.T("manager.not_read", "Why", wording.Of(k.t.k.Texts).TargetError(err)), widget.DangerImportance
	}
	k.empty.Label.Importance = importance
	k.empty.Set(k.t.k.ShownText(text), k.t.k.T(k.newKey))
}

func newItemList(t *Targets, m *manager, kind itemKind, emptyKey, newKey string, make func(), more ...fyne.CanvasObject) *itemList {
	k := &itemList{t: t, m: m, kind: kind, emptyKey: emptyKey, newKey: newKey}
	k.list = kit.NewList(func() int { return len(k.names) },
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
	k.empty, k.wrong = kit.NewEmpty(make), widget.NewLabel("")
	k.wrong.Wrapping = fyne.TextWrapWord
	k.wrong.Importance = widget.DangerImportance
	k.Save = kit.NewButton(theme.DocumentSaveIcon(), func() { k.doSave(nil) })
	k.undo = kit.NewButton(theme.ContentUndoIcon(), func() { k.choose(k.Chosen) })
	k.Use = kit.NewButton(theme.ConfirmIcon(), func() {
		use := func() { k.kind.use(k.Chosen) }
		if k.dirty() {
			k.doSave(use)
			return
		}
		use()
	})
	k.Use.Importance = widget.HighImportance
	k.foot = container.NewVBox(k.wrong, container.NewHBox(layout.NewSpacer(), k.undo, k.Save, k.Use))
	k.form = kit.Border(nil, k.foot, nil, nil, kind.form)
	buttons := container.NewVBox(append(append([]fyne.CanvasObject{}, more...), container.NewGridWithColumns(2, k.duplicate, k.trash))...)
	left := container.New(kit.FixedWidth(208), kit.Border(kind.fixed, buttons, nil, nil, k.list))
	k.content = listAndPage(container.NewHBox(left, widget.NewSeparator()), container.NewStack(k.form, k.empty.Content))
	t.k.Text(func() {
		T := t.k.T
		k.duplicate.SetText(T("manager.duplicate"))
		k.trash.SetText(T("manager.delete_ask"))
		k.Save.SetText(T("manager.save"))
		k.undo.SetText(T("manager.undo"))
		k.showEmpty()
		k.changed()
	})
	return k
}

// load reads the names and chooses an item, or the first one if name does not exist.
func (k *itemList) load(name string) {
	k.names = k.kind.names()
	k.list.Refresh()
	if !slices.Contains(k.names, name) {
		name = ""
		if len(k.names) > 0 {
			name = k.names[0]
		}
	}
	k.choose(name)
}

// choose shows an item in the form, discarding changes; "" chooses none.
func (k *itemList) choose(name string) {
	k.Chosen, k.saved = name, nil
	if name == "" {
		k.showEmpty()
	}
	k.mark()
	kit.SetVisible(k.form, name != "")
	kit.SetVisible(k.empty.Content, name == "")
	k.wrong.SetText("")
	k.wrong.Hide()
	if name != "" {
		k.kind.show(name)
		k.saved, _ = k.kind.read()
	}
	k.changed()
}

// mark selects the chosen item in the list.
func (k *itemList) mark() {
	k.setting = true
	defer func() { k.setting = false }()
	if i := slices.Index(k.names, k.Chosen); i >= 0 {
		k.list.Select(i)
	} else {
		k.list.UnselectAll()
	}
}

// refresh shows items that were saved meanwhile.
func (k *itemList) refresh() {
	names := k.kind.names()
	if len(names) == 0 {
		k.showEmpty()
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

// dirty reports whether the form has unsaved changes.
func (k *itemList) dirty() bool {
	if k.saved == nil {
		return false
	}
	item, _ := k.kind.read(k.duplicateName()...)
	return !reflect.DeepEqual(item, k.saved)
}

// duplicateName returns a problem if another item has the name in the form.
func (k *itemList) duplicateName() []*endpoint.Problem {
	item, _ := k.kind.read()
	name := k.kind.name(item)
	if name != k.Chosen && slices.Contains(k.names, name) {
		return []*endpoint.Problem{{Field: "name", Code: endpoint.Duplicate, Value: name}}
	}
	return nil
}

// changed checks the form and enables or disables the buttons.
func (k *itemList) changed() {
	if k.Save == nil {
		return
	}
	able := k.Chosen != "" && !k.Busy
	kit.SetEnabled(k.duplicate, able)
	kit.SetEnabled(k.trash, able)
	if k.saved == nil {
		return
	}
	item, problems := k.kind.read(k.duplicateName()...)
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

// errorsIn counts the problems that prevent saving.
func errorsIn(problems []*endpoint.Problem) int {
	n := 0
	for _, p := range problems {
		if !p.Warning() {
			n++
		}
	}
	return n
}

// edit changes the store in the background, and calls done if there was no error.
func (k *itemList) edit(change func(context.Context, *endpoint.Store) error, done func()) {
	k.Busy = true
	k.changed()
	k.t.con.Targets.Edit(change, func(err error) {
		k.t.k.Post(func() {
			k.Busy = false
			k.names = k.kind.names()
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

func (k *itemList) doSave(then func()) {
	item, problems := k.kind.read(k.duplicateName()...)
	if errorsIn(problems) > 0 || k.Chosen == "" {
		return
	}
	old := k.Chosen
	k.edit(func(ctx context.Context, s *endpoint.Store) error { return k.kind.save(ctx, s, old, item) }, func() {
		name := k.kind.name(item)
		if k.kind.renamed != nil {
			k.kind.renamed(old, name)
		}
		k.choose(name)
		if then != nil {
			then()
		}
	})
}

func (k *itemList) doDuplicate() {
	k.leave(func() {
		var name string
		k.edit(func(ctx context.Context, s *endpoint.Store) (err error) {
			name, err = k.kind.copy(ctx, s, k.Chosen)
			return err
		}, func() { k.choose(name) })
	})
}

func (k *itemList) doDelete() {
	name, T := k.Chosen, k.t.k.T
	ask := k.t.k.NewDialog(T("manager.delete"), kit.Flush(widget.NewLabel(T("manager.delete_sure", "Name", k.t.k.Brief(name)))), 420)
	stay := ask.Cancel()
	ask.Button(T("manager.delete"), func() {
		ask.Hide()
		k.edit(func(ctx context.Context, s *endpoint.Store) error { return k.kind.remove(ctx, s, name) }, func() { k.load("") })
	}).Importance = widget.DangerImportance
	ask.Show(stay)
}

// add saves a new item and chooses it.
func (k *itemList) add(add func(ctx context.Context, s *endpoint.Store) (name string, err error)) {
	k.leave(func() {
		var name string
		k.edit(func(ctx context.Context, s *endpoint.Store) (err error) {
			name, err = add(ctx, s)
			return err
		}, func() {
			k.choose(name)
			if k.kind.first != nil {
				name := k.kind.first()
				k.t.k.Win.Canvas().Focus(name)
				name.SelectAll()
			}
		})
	})
}
