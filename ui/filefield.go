package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
)

// fileField is a field for the path of a file, which can be typed or chosen.
type fileField struct {
	*entry
	browse *button
}

// file adds a field for the path of a file.
func (f *fields[T]) file(path, key string, get func(*T) *string) *fileField {
	field := &fileField{entry: newEntry(f.w.k)}
	field.browse = newButton(theme.FolderOpenIcon(), func() { f.chooseFile(field.entry) })
	f.w.k.text(func() { field.browse.SetText(f.w.k.T("spec.browse")) })
	f.bindEntry(field.entry, get)
	f.row(path, key, container.NewBorder(nil, nil, nil, field.browse, field.entry))
	return field
}

// chooseFile puts the path of a file into a field. It begins where the file is
// that is named there, else where the last one was chosen.
func (f *fields[T]) chooseFile(into *entry) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) { f.chosen(into, file, err) }, f.w.k.win)
	folder := f.folder
	if filepath.IsAbs(into.Text) {
		folder = filepath.Dir(into.Text)
	}
	if folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(at)
		}
	}
	f.w.k.showFiles(d, f.w.k.T("file.choose_path"))
}

// chosen puts the path of the file that was chosen into a field; file is nil if
// it was none.
func (f *fields[T]) chosen(into *entry, file fyne.URIReadCloser, err error) {
	if err != nil {
		f.w.k.tell(err)
		return
	}
	if file == nil {
		return
	}
	path := file.URI().Path()
	_ = file.Close() // whoever connects reads it
	f.folder = filepath.Dir(path)
	into.SetText(path)
}
