package ui

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// chooseNewFile asks where a new file goes, with a name to begin with, and then
// calls then with its path. Fyne's own dialog would empty a file that is there
// before there is anything to take its place.
func (w *window) chooseNewFile(name string, then func(path string)) {
	T := w.words.T
	var field *pathField
	var ask *dialog.ConfirmDialog
	check := func() {
		path := field.Text
		w.work(func() {
			code := checkNewFile(path)
			w.post(func() {
				if path != field.Text {
					return // it was typed on
				}
				text := ""
				if code != "" {
					text = T("new_file." + code)
				}
				field.note.SetText(text)
			})
		})
	}
	field = newPathField(w, name, T("new_file.browse"), func() {
		d := dialog.NewFolderOpen(func(chosen fyne.ListableURI, err error) {
			if err == nil && chosen != nil {
				field.SetText(filepath.Join(chosen.Path(), filepath.Base(field.Text)))
			}
		}, w.win)
		field.show(d, T("new_file.folder"))
	})
	field.OnChanged = func(string) { check() }
	ask = dialog.NewCustomConfirm(T("new_file.title"), T("new_file.save"), T("fyne.Cancel"),
		field.content, func(ok bool) {
			path := field.Text
			if !ok {
				return
			}
			field.remember(path)
			w.work(func() {
				code := checkNewFile(path)
				w.post(func() {
					if code != "" && code != fileExists {
						w.inform(T("new_file.title"), T("new_file."+code))
						return
					}
					then(path)
				})
			})
		}, w.win)
	field.OnSubmitted = func(string) { ask.Confirm() }
	ask.Resize(fyne.NewSize(min(680, w.dialogSize().Width), 0))
	ask.Show()
	w.win.Canvas().Focus(field.entry)
	check()
}

// What may be wrong with the path of a new file, by the catalogue's keys.
const (
	fileExists   = "exists" // which is only told
	fileRelative = "relative"
	fileNoFolder = "no_folder"
	fileIsFolder = "is_folder"
)

// checkNewFile returns what is wrong with the path of a new file. It blocks.
func checkNewFile(path string) string {
	if !filepath.IsAbs(path) {
		return fileRelative
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fileNoFolder
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return ""
	case err == nil && info.IsDir():
		return fileIsFolder
	}
	return fileExists
}

// inform shows a text in a dialog.
func (w *window) inform(title, text string) {
	label := widget.NewLabel(w.shownText(text))
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustom(title, w.words.T("fyne.OK"), label, w.win)
	d.Resize(fyne.NewSize(min(620, w.dialogSize().Width), 0))
	d.Show()
}

// stamp is the time as names of files have it.
func stamp() string { return time.Now().Format("20060102-150405") }
