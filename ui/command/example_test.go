package command_test

import (
	"fmt"

	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
)

func Example() {
	save := func() { fmt.Println("saved") }
	form := []command.Command{{ID: "send", Place: command.At(command.Subscription, 1), Keys: command.On(fyne.KeyReturn, command.Alt), Run: func() {}}}
	runs := []command.Command{{ID: "save", Place: command.At(command.File, 1), Keys: command.On(fyne.KeyF2, 0), Run: save}}

	table := command.Join(form, runs)
	if err := table.Check(); err != nil {
		fmt.Println(err)
	}
	for _, c := range table {
		fmt.Println(c.Place.Menu, c.Text(), c.Keys)
	}
	table.Pressed(command.Key{Name: fyne.KeyF2}).Run()
	// Output:
	// subscription menu.send Alt+Enter
	// file menu.save F2
	// saved
}
