package chooser

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// This file can be removed once Fyne's file dialog uses the program's language
// (https://github.com/fyne-io/fyne/issues/3373) and accepts a typed path
// (https://github.com/fyne-io/fyne/issues/1098).

// Show shows one of Fyne's dialogs for files or folders in the window's
// language.
func Show(k *kit.Kit, d *dialog.FileDialog, title string) {
	d.SetTitleText(title)
	d.Show()
	d.Resize(k.DialogSize()) // before Show, Fyne's file dialogs panic
	if places := placesOf(k.Win.Canvas().Overlays().Top()); places != nil {
		namePlaces(k, places)
	}
}

// namePlaces translates the places at the left of a file dialog, which Fyne has in
// English only.
func namePlaces(k *kit.Kit, places *widget.List) {
	update := places.UpdateItem
	places.UpdateItem = func(i widget.ListItemID, item fyne.CanvasObject) {
		update(i, item)
		for _, o := range item.(*fyne.Container).Objects {
			if label, ok := o.(*widget.Label); ok && k.Texts.Has("fyne."+label.Text) {
				label.SetText(k.T("fyne." + label.Text))
			}
		}
	}
	places.Refresh()
}

// placesOf returns the list of places in a file dialog: the left part of its split.
// It can only be reached through the overlay, whose type Fyne does not export.
func placesOf(overlay fyne.CanvasObject) *widget.List {
	over := reflect.Indirect(reflect.ValueOf(overlay))
	if over.Kind() != reflect.Struct {
		return nil
	}
	content := over.FieldByName("Content")
	if !content.IsValid() || !content.CanInterface() {
		return nil
	}
	popup, ok := content.Interface().(*widget.PopUp)
	if !ok {
		return nil
	}
	var find func(fyne.CanvasObject) *widget.List
	find = func(o fyne.CanvasObject) *widget.List {
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				if list := find(child); list != nil {
					return list
				}
			}
		case *container.Split:
			list, _ := o.Leading.(*widget.List)
			return list
		}
		return nil
	}
	return find(popup.Content)
}
