package ui

import (
	"errors"
	"os"

	"sseconsole/ui/console"
)

// chooseFile asks for a file and puts it into the form as the content.
func (w *window) chooseFile() {
	if w.k.Asking() {
		return
	}
	w.k.ChooseOldFile(w.k.T("file.choose"), w.k.T("file.take"), func(path string) {
		w.k.Work(func() {
			var content string
			file, err := os.Open(path)
			if err == nil {
				content, err = console.ReadFile(file)
			}
			w.k.Post(func() {
				if err != nil {
					w.k.Tell(err)
					return
				}
				w.form.setLarge(content)
				w.refresh()
			})
		})
	})
}

// fileError says why a file could not be read.
func (w *window) fileError(err error) string {
	if errors.Is(err, console.ErrTooLarge) {
		return w.k.T("file.too_large", "Size", w.k.Texts.Size(console.MaxFile))
	}
	return w.k.T("file.not_read", "Detail", err.Error())
}
