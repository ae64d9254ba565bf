package targets

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
)

// Commands returns the commands for saved targets and curl commands.
func (t *Targets) Commands() []command.Command {
	on, ctrl, shift, alt := command.On, command.Ctrl, command.Shift, command.Alt
	copying, saved := command.At(command.Edit, 2), command.At(command.Server, 2)
	return []command.Command{
		{ID: "copy_curl", Place: copying, Keys: on(fyne.KeyC, ctrl|alt), Run: func() { t.CopyCurl(false) }},
		{ID: "copy_curl_secrets", Place: copying, Keys: on(fyne.KeyC, ctrl|shift|alt), Run: func() { t.CopyCurl(true) }},
		{ID: "manage", Place: saved, Keys: on(fyne.KeyM, ctrl), Run: t.Manage},
		{ID: "from_curl", Place: saved, Keys: on(fyne.KeyV, ctrl|shift), Run: t.TargetFromCurl},
		{ID: "keep_address", Place: saved, Keys: on(fyne.KeyM, ctrl|shift), Run: t.SaveAddress},
	}
}
