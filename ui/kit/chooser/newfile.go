package chooser

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/kit"
)

// NewFile asks for the path of a new file, suggesting name, and calls then
// with it. Fyne's own dialog would truncate an existing file before there is
// anything to write to it. The dialog stays until the path can be used; a folder that
// does not exist can be created from it.
func NewFile(k *kit.Kit, name string, then func(path string)) {
	T := k.T
	var field *pathField
	var ask *kit.Dialog
	var createFolder func()
	create := kit.NewButton(theme.FolderNewIcon(), func() { createFolder() })
	create.Hide()
	// check says what is wrong with the path and passes the code on.
	check := func(use func(code, path string)) {
		path := field.Text
		k.Work(func() {
			code := CheckNew(path)
			k.Post(func() {
				if path != field.Text {
					return // the path has changed meanwhile
				}
				text := ""
				if code != "" {
					text = T("new_file."+code, "Folder", k.Heading(filepath.Dir(path)))
				}
				field.note.SetText(text)
				kit.SetVisible(create, code == FileNoFolder)
				use(code, path)
			})
		})
	}
	save := func() {
		check(func(code, path string) {
			if code != "" && code != FileExists {
				return
			}
			ask.Hide()
			field.remember(path)
			then(path)
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
	create.SetText(T("new_file.create"))
	createFolder = func() {
		folder := filepath.Dir(field.Text)
		k.Work(func() {
			err := os.MkdirAll(folder, 0o755)
			k.Post(func() {
				if err != nil {
					field.note.SetText(T("new_file.not_created", "Why", systemError(err)))
					return
				}
				k.Win.Canvas().Focus(field.Field)
				check(func(string, string) {})
			})
		})
	}
	field.OnChanged = func(string) { check(func(string, string) {}) }
	ask = field.ask(T("new_file.title"), T("new_file.save"), container.NewVBox(field.content, container.NewHBox(create)), save)
	field.selectName()
	check(func(string, string) {})
}

// systemError returns the system's message in an error about a file.
func systemError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}

// The results of CheckNewFile: keys of the catalogue, after "new_file.".
const (
	FileExists   = "exists" // only a warning
	FileRelative = "relative"
	FileNoFolder = "no_folder"
	FileIsFolder = "is_folder"
)

// CheckNew returns what is wrong with the path of a new file, or "". It blocks.
func CheckNew(path string) string {
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
