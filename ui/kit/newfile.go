package kit

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// ChooseNewFile asks for the path of a new file, suggesting name, and calls then
// with it. Fyne's own dialog would truncate an existing file before there is
// anything to write to it.
func (k *Kit) ChooseNewFile(name string, then func(path string)) {
	T := k.T
	var field *pathField
	var ask *dialog.ConfirmDialog
	check := func() {
		path := field.Text
		k.Work(func() {
			code := CheckNewFile(path)
			k.Post(func() {
				if path != field.Text {
					return // the path has changed meanwhile
				}
				text := ""
				if code != "" {
					text = T("new_file." + code)
				}
				field.note.SetText(text)
			})
		})
	}
	field = newPathField(k, name, T("new_file.browse"), func() {
		d := dialog.NewFolderOpen(func(chosen fyne.ListableURI, err error) {
			if err == nil && chosen != nil {
				field.SetText(filepath.Join(chosen.Path(), filepath.Base(field.Text)))
			}
		}, k.Win)
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
			k.Work(func() {
				code := CheckNewFile(path)
				k.Post(func() {
					if code != "" && code != FileExists {
						k.Inform(T("new_file.title"), T("new_file."+code))
						return
					}
					then(path)
				})
			})
		}, k.Win)
	field.OnSubmitted = func(string) { ask.Confirm() }
	ask.Resize(fyne.NewSize(min(680, k.DialogSize().Width), 0))
	ask.Show()
	k.Win.Canvas().Focus(field.Field)
	check()
}

// The results of CheckNewFile: keys of the catalogue, after "new_file.".
const (
	FileExists   = "exists" // only a warning
	FileRelative = "relative"
	FileNoFolder = "no_folder"
	FileIsFolder = "is_folder"
)

// CheckNewFile returns what is wrong with the path of a new file, or "". It blocks.
func CheckNewFile(path string) string {
	if !filepath.IsAbs(path) {
		return FileRelative
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return FileNoFolder
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return ""
	case err == nil && info.IsDir():
		return FileIsFolder
	}
	return FileExists
}

// Stamp returns the current time in a form for file names.
func Stamp() string { return time.Now().Format("20060102-150405") }
