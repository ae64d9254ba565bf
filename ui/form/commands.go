package form

import (
	"strconv"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/ui/command"
	"sseconsole/ui/kit"
)

// Commands returns the commands of the form and of the row at the top.
func (f *Form) Commands() []command.Command {
	on, ctrl, shift, alt := command.On, command.Ctrl, command.Shift, command.Alt
	as := func(b *kit.Button) func() bool { return func() bool { return !b.Disabled() } }
	side := func(id string, side int, keys command.Keys, run func()) command.Command {
		return command.Command{
			ID: id, Place: command.At(command.Server, 1), Keys: keys,
			Run: run, Checked: func() bool { return f.Target.Chosen() == side },
		}
	}
	calls, connection := command.At(command.Subscription, 1), command.At(command.Subscription, 2)
	server := command.At(command.Server, 3)
	commands := []command.Command{
		{ID: "send_file", Place: command.At(command.File, 1), Keys: on(fyne.KeyO, ctrl), Run: f.ChooseFile},

		{ID: "subscribe", Place: calls, Keys: on(fyne.KeyU, ctrl), Run: f.DoSubscribe, Enabled: as(f.Subscribe)},
		{ID: "send", Place: calls, Keys: on(fyne.KeyReturn, ctrl), Also: on(fyne.KeyEnter, ctrl), Run: f.DoSend, Enabled: as(f.Send)},
		{ID: "close", Place: calls, Keys: on(fyne.KeyD, ctrl), Run: f.DoClose, Enabled: as(f.Close)},
		{ID: "server_only", Place: calls, Keys: on(fyne.KeyD, ctrl|shift), Run: f.DoCloseServerOnly, Enabled: func() bool { return f.can.CloseServerOnly }},
		{ID: "drop", Place: connection, Keys: on(fyne.KeyX, ctrl|shift), Run: f.DropConnection, Enabled: f.Live},
		{ID: "reconnect", Place: connection, Keys: on(fyne.KeyR, ctrl|shift), Run: f.AskReconnect, Enabled: f.Live},

		side("embedded", SideEmbedded, on(fyne.KeyE, ctrl), func() { f.Target.chooseSide(SideEmbedded) }),
		side("remote", SideRemote, on(fyne.KeyR, ctrl), f.Target.AskAddress),
		side("saved", SideSaved, on(fyne.KeyT, ctrl|shift), func() { f.Target.chooseSide(SideSaved) }),
		{ID: "flip", Place: command.At(command.Server, 1), Keys: on(fyne.KeyT, ctrl), Run: f.Target.flip},
		{ID: "start_stop", Place: server, Keys: on(fyne.KeyE, ctrl|shift), Run: f.Target.ToggleServer, Enabled: f.Target.canToggle},
		{ID: "copy_url", Place: server, Keys: on(fyne.KeyU, ctrl|shift), Run: f.Target.copyURL, Enabled: f.Target.hasURL},

		{ID: "enter", In: "client_id", Keys: on(fyne.KeyReturn, 0)},
	}
	for i, name := range client.Engines() {
		commands = append(commands, command.Command{
			ID: "engine_" + name, Place: command.At(command.Subscription, 4).Under("engine"), Keys: on(fyne.KeyName(strconv.Itoa(i+1)), ctrl|alt),
			Run: func() { f.ChooseEngine(i) }, Checked: func() bool { return f.Engine.SelectedIndex() == i },
		})
	}
	return commands
}
