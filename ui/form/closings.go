package form

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
	"sseconsole/ui/kit"
)

// openClosings opens the menu of Close: the other ways in which a connection can end,
// and what each does.
func (f *Form) openClosings() {
	if f.k.Asking() {
		return
	}
	f.Closings = f.k.Pick(kit.Picking{Below: f.More, Width: 560, Choices: func(string) []kit.Choice { return f.closings() }}, "")
}

func (f *Form) closings() []kit.Choice {
	T, can, live := f.k.T, f.Can(), f.Live()
	key := func(name fyne.KeyName, shift fyne.KeyModifier) string {
		return command.On(name, command.Ctrl|shift).String()
	}
	choices := []kit.Choice{
		{Title: T("form.server_only"), Note: T("form.server_only_note"), Hint: key(fyne.KeyD, command.Shift), Run: f.DoCloseServerOnly},
		{Title: T("form.drop"), Note: T("form.drop_note"), Hint: key(fyne.KeyX, command.Shift), Run: f.DropConnection},
		{Title: T("form.reconnect"), Note: T("form.reconnect_note"), Hint: key(fyne.KeyR, command.Shift), Run: f.AskReconnect},
		{Title: T("form.anew"), Note: T("form.anew_note"), Hint: key(fyne.KeyU, 0), Run: f.DoSubscribe},
	}
	for i := range choices {
		switch {
		case i == 0 && !can.CloseServerOnly:
			choices[i].Why = f.why(can)
		case i > 0 && !live:
			choices[i].Why = T("form.not_live")
		}
	}
	if anew := &choices[3]; live && !can.Subscribe {
		anew.Why = f.why(can)
	}
	return choices
}
