package chooser

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// pathField is a field for the path of a file, with a button that opens one of
// Fyne's file dialogs and a note about the path.
type pathField struct {
	*kit.Field
	k       *kit.Kit
	note    *widget.Label
	content fyne.CanvasObject
}

// newPathField returns a field with name in the last used folder. browse is the text
// of its button, which calls choose.
func newPathField(k *kit.Kit, name, browse string, choose func()) *pathField {
	folder := k.Folder()
	if folder == "" {
		folder, _ = os.UserHomeDir() // without one, the user types the whole path
	}
	p := &pathField{Field: kit.NewField(k), k: k, note: widget.NewLabel("")}
	p.SetText(strings.TrimSuffix(folder, string(filepath.Separator)) + string(filepath.Separator) + name)
	p.note.Wrapping = fyne.TextWrapWord
	p.note.Importance = widget.WarningImportance
	button := kit.NewButton(theme.FolderOpenIcon(), choose)
	button.SetText(browse)
	p.content = container.NewVBox(kit.Border(nil, nil, nil, button, p.Field), p.note)
	return p
}

// show shows a file dialog that starts in the folder of the path.
func (p *pathField) show(d *dialog.FileDialog, title string) {
	if at, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(p.Text))); err == nil {
		d.SetLocation(at)
	}
	Show(p.k, d, title)
}

// ask shows a dialog around a path. Its button, labeled agree, calls agreed, which
// hides the dialog once the path can be used.
func (p *pathField) ask(title, agree string, content fyne.CanvasObject, agreed func()) *kit.Dialog {
	d := p.k.NewDialog(title, content, 680)
	d.Cancel()
	d.Agree(agree, agreed)
	p.OnSubmitted = func(string) { agreed() }
	d.Show(p.Field)
	return d
}

// selectName selects the name of the file without its extension, so that typing
// replaces it.
func (p *pathField) selectName() {
	base := filepath.Base(p.Text)
	to := len([]rune(p.Text)) - len([]rune(filepath.Ext(base)))
	p.Select(len([]rune(p.Text))-len([]rune(base)), to)
}

// remember makes the next field start in the folder of path.
func (p *pathField) remember(path string) {
	p.k.SetFolder(filepath.Dir(path))
}
