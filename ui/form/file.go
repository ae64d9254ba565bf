package form

import (
	"sseconsole/client/regularfile"
	"sseconsole/ui/console/file"
	"sseconsole/ui/kit/chooser"
)

// ChooseFile asks for a file and makes it the content of the form.
func (f *Form) ChooseFile() {
	if f.k.Asking() {
		return
	}
	chooser.OldFile(f.k, f.k.T("file.choose"), f.k.T("file.take"), func(path string) {
		f.k.Work(func() {
			var content string
			opened, err := regularfile.Open(path)
			if err == nil {
				content, err = file.Read(opened)
			}
			f.k.Post(func() {
				if err != nil {
					f.k.Tell(err)
					return
				}
				f.SetLarge(content)
				f.cfg.Refresh()
			})
		})
	})
}
