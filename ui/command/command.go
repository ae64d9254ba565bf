// Package command describes what the window does on request. The parts of the
// window contribute their commands, and the window joins them into one [Table],
// from which the menu, the list of keys and docs/keys.md are made.
package command

// Command is one thing that the window does on request.
type Command struct {
	ID    string // unique; see [Command.Text]
	Place Place  // in the menu; the zero value is none
	Keys  Keys   // the first stands in the menu
	Also  Keys   // how other keyboards send Keys; in no list

	// In names the control that takes Keys by itself while it has the focus, and
	// has no Run then. "" is any.
	In string

	// Run does it. It may be called while the command is not enabled, by its keys,
	// and then says why it cannot be done, or does nothing.
	Run func()

	Enabled func() bool // reports whether it can be done now; nil is always
	Checked func() bool // reports whether it has a check mark; nil is never
}

// Text returns the key of the command's label in the catalogue.
func (c *Command) Text() string {
	if c.Place.Menu == "" {
		return "keys." + c.ID
	}
	return "menu." + c.ID
}

// CanRun reports whether the command can be done now.
func (c *Command) CanRun() bool { return c.Run != nil && (c.Enabled == nil || c.Enabled()) }

// Menu is one of the menus. Its title is the text "menu." and its name.
type Menu string

// The menus.
const (
	File         Menu = "file"
	Edit         Menu = "edit"
	Subscription Menu = "subscription"
	Server       Menu = "server"
	View         Menu = "view"
	Help         Menu = "help"
)

// Menus returns the menus, in the order in which they stand.
func Menus() []Menu { return []Menu{File, Edit, Subscription, Server, View, Help} }

// Place is where a command stands in the menu: behind the commands of the same
// group that were contributed before it.
type Place struct {
	Menu  Menu
	Group int    // groups stand in ascending order, a separator between them
	Sub   string // of a menu below an item of Menu; "" is Menu itself
}

// At returns the place in a group of a menu.
func At(menu Menu, group int) Place { return Place{Menu: menu, Group: group} }

// Under returns the place in the menu below the item of the text "menu." and sub,
// which stands in the group of its first command.
func (p Place) Under(sub string) Place {
	p.Sub = sub
	return p
}
