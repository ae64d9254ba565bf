package targets

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
)

// fileField is a field for the path of a file, with a button to choose it.
type fileField struct {
	*kit.Field
	browse *kit.Button
}

// file adds a field for the path of a file.
func (f *fields[T]) file(path, key string, get func(*T) *string) *fileField {
	field := &fileField{Field: kit.NewField(f.k)}
	field.browse = kit.NewButton(theme.FolderOpenIcon(), func() { f.chooseFile(field.Field) })
	f.k.Text(func() { field.browse.SetText(f.k.T("spec.browse")) })
	f.bindEntry(field.Field, get)
	f.row(path, key, kit.Border(nil, nil, nil, field.browse, field.Field))
	return field
}

// chooseFile asks for a file and puts its path into a field. The dialog starts in the
// folder of the path in the field or, without one, of the last chosen file.
func (f *fields[T]) chooseFile(into *kit.Field) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) { f.chosen(into, file, err) }, f.k.Win)
	folder := f.folder
	if filepath.IsAbs(into.Text) {
		folder = filepath.Dir(into.Text)
	}
	if folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(at)
		}
	}
	chooser.Show(f.k, d, f.k.T("file.choose_path"))
}

// chosen puts the path of the chosen file into a field. file is nil if the dialog was
// cancelled.
func (f *fields[T]) chosen(into *kit.Field, file fyne.URIReadCloser, err error) {
	if err != nil {
		f.k.Tell(err)
		return
	}
	if file == nil {
		return
	}
	path := file.URI().Path()
	_ = file.Close() // connecting opens it by its path
	f.folder = filepath.Dir(path)
	into.SetText(path)
}
