package chooser

import (
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"sseconsole/ui/kit"
)

// OldFile asks for an existing file and calls then with its path. The path
// can be typed or pasted; Fyne's own dialog requires the mouse. action is the text
// of the button.
func OldFile(k *kit.Kit, title, action string, then func(path string)) {
	T := k.T
	var field *pathField
	var ask *kit.Dialog
	// try accepts the path, or shows what is wrong with it.
	try := func() {
		path := field.Text
		k.Work(func() {
			code := checkOld(path)
			k.Post(func() {
				if code != "" {
					field.note.SetText(T("old_file." + code))
					return
				}
				ask.Hide()
				field.remember(path)
				then(path)
			})
		})
	}
	field = newPathField(k, "", T("old_file.browse"), func() {
		d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
			if err != nil {
				k.Tell(err)
				return
			}
			if file == nil { // cancelled
				return
			}
			path := file.URI().Path()
			_ = file.Close() // then opens the file by its path
			field.SetText(path)
			try()
		}, k.Win)
		field.show(d, title)
	})
	field.OnChanged = func(string) { field.note.SetText("") }
	ask = field.ask(title, action, field.content, try)
	field.CursorColumn = len([]rune(field.Text))
	field.Refresh()
}

// The results of checkOldFile: keys of the catalogue, after "old_file.".
const (
	OldRelative = "relative"
	OldMissing  = "missing"
	OldIsFolder = "is_folder"
	OldNoAccess = "no_access"
)

// checkOld returns what is wrong with the path of a file to read, or "". It
// blocks.
func checkOld(path string) string {
	if !filepath.IsAbs(path) {
		return OldRelative
	}
	switch info, err := os.Stat(path); {
	case errors.Is(err, os.ErrNotExist):
		return OldMissing
	case err != nil:
		return OldNoAccess
	case info.IsDir():
		return OldIsFolder
	}
	return ""
}
