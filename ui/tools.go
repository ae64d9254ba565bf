package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/command"
	"sseconsole/ui/kit"
)

// newTools returns the buttons at the right end of the top row: the palette, and the menu
// of what the window looks like.
func (w *window) newTools() fyne.CanvasObject {
	key := command.On(fyne.KeyK, command.Ctrl).String()
	find := kit.NewButton(theme.SearchIcon(), w.openPalette)
	find.SetText(key)
	find.Importance = widget.LowImportance
	var view *kit.Button
	view = kit.NewButton(theme.SettingsIcon(), func() { w.menu.popUp(command.View, view) })
	view.Importance = widget.LowImportance
	w.k.Text(func() {
		find.SetTip(w.k.T("menu.palette"))
		view.SetTip(w.k.T("menu.view"))
	})
	return container.NewHBox(find, view)
}
