package tabs

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
)

// Commands returns the commands of the tabs.
func (b *Bar) Commands() []command.Command {
	on, ctrl, shift := command.On, command.Ctrl, command.Shift
	place := command.At(command.Subscription, 3)
	listed := func() bool { return len(b.List) > 0 }
	one := func() bool { return b.chosen != b.All }
	return []command.Command{
		{ID: "next", Place: place, Keys: on(fyne.KeyPageDown, ctrl), Run: func() { b.Step(1) }, Enabled: listed},
		{ID: "previous", Place: place, Keys: on(fyne.KeyPageUp, ctrl), Run: func() { b.Step(-1) }, Enabled: listed},
		{ID: "tab_rename", Place: place, Keys: on(fyne.KeyF2, 0), Run: func() { b.Rename(b.chosen) }, Enabled: one},
		{ID: "tab_left", Place: place, Keys: on(fyne.KeyPageUp, ctrl|shift), Run: func() { b.MoveTab(-1) }, Enabled: one},
		{ID: "tab_right", Place: place, Keys: on(fyne.KeyPageDown, ctrl|shift), Run: func() { b.MoveTab(1) }, Enabled: one},
		{ID: "dismiss_closed", Place: place, Keys: on(fyne.KeyK, ctrl|shift), Run: b.CloseClosed, Enabled: b.someClosed},

		{ID: "tab_step", In: "tabs", Keys: on(fyne.KeyLeft, 0).Or(fyne.KeyRight, 0).Or(fyne.KeyHome, 0).Or(fyne.KeyEnd, 0)},
		{ID: "tab_close", In: "tabs", Keys: on(fyne.KeyDelete, 0)},
		{ID: "tab_subscribe", In: "tabs", Keys: on(fyne.KeyReturn, 0)},
	}
}
