package lab

import (
	"strconv"

	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
)

// Commands returns the commands of the embedded server's tab.
func (t *Tab) Commands() []command.Command {
	server, modifier := t.cfg.Console.Embedded, command.Alt|command.Shift
	var commands []command.Command
	for i, name := range []string{"lab_sessions", "lab_send", "lab_faults", "lab_scenarios", "lab_settings"} {
		commands = append(commands, command.Command{
			ID: name, Place: command.At(command.Server, 4).Under("laboratory"), Keys: command.On(fyne.KeyName(strconv.Itoa(i+1)), modifier),
			Run: func() { t.Open(i) },
		})
	}
	off := command.At(command.Server, 5).Under("laboratory")
	return append(commands,
		command.Command{ID: "lab_faults_off", Place: off, Keys: command.On(fyne.Key0, modifier), Run: server.ClearFaults, Enabled: func() bool { return server.FaultsOn() > 0 }},
		command.Command{ID: "lab_stop_plays", Place: off, Keys: command.On(fyne.Key9, modifier), Run: server.StopPlays})
}
