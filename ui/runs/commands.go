package runs

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
)

// Commands returns the commands for runs and files.
func (h *History) Commands() []command.Command {
	on, ctrl, shift, alt := command.On, command.Ctrl, command.Shift, command.Alt
	open, save := command.At(command.File, 2), command.At(command.File, 3)
	return []command.Command{
		{ID: "open_run", Place: open, Keys: on(fyne.KeyO, ctrl|shift), Run: h.ChooseRun},
		{ID: "open_file", Place: open, Keys: on(fyne.KeyO, alt), Run: h.ChooseOpen},
		{ID: "this_run", Place: open, Keys: on(fyne.KeyB, ctrl|shift), Run: h.Banner.leave, Enabled: func() bool { return h.Banner.Reader != nil }},
		{ID: "keep_runs", Place: open, Keys: on(fyne.KeyK, ctrl|alt), Run: h.AskRetention},
		{ID: "save", Place: save, Keys: on(fyne.KeyS, ctrl), Run: h.AskSave},
		{ID: "save_bundle", Place: save, Keys: on(fyne.KeyS, ctrl|shift), Run: h.SaveBundle},
		{ID: "secrets", Place: save, Keys: on(fyne.KeyM, ctrl|alt), Run: h.AskSecrets},
		{ID: "quit", Place: command.At(command.File, 4), Keys: on(fyne.KeyQ, ctrl), Run: h.AskClose},

		{ID: "run_open", In: "runs", Keys: on(fyne.KeyReturn, 0)},
		{ID: "run_delete", In: "runs", Keys: on(fyne.KeyDelete, 0)},
	}
}
