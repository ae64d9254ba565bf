package command

// Command is an action that the user can choose from the menu or by a key.
type Command struct {
	ID    string // unique; see [Command.Text]
	Place Place  // position in the menu; the zero value means not in a menu
	Keys  Keys   // the menu shows the first
	Also  Keys   // how other keyboards send Keys; not listed

	// In names the control that handles Keys itself while it has the focus. Such a
	// command has no Run. "" means that Keys work everywhere.
	In string

	// Run performs the command. Its keys may call it while the command is disabled;
	// it then says why it cannot be done, or does nothing.
	Run func()

	Enabled func() bool // reports whether the command is enabled; nil means always
	Checked func() bool // reports whether it has a check mark; nil means never
}

// Text returns the catalogue key of the command's label.
func (c *Command) Text() string {
	if c.Place.Menu == "" {
		return "keys." + c.ID
	}
	return "menu." + c.ID
}

// CanRun reports whether the command has a Run and is enabled.
func (c *Command) CanRun() bool { return c.Run != nil && (c.Enabled == nil || c.Enabled()) }

// Menu names a menu. The catalogue key of its title is "menu." and the name.
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

// Menus returns the menus in display order.
func Menus() []Menu { return []Menu{File, Edit, Subscription, Server, View, Help} }

// Place is the position of a command in the menu. Commands of a group are in the
// order in which they were contributed.
type Place struct {
	Menu  Menu
	Group int    // groups are in ascending order, with separators between them
	Sub   string // name of a submenu of Menu; "" means Menu itself
}

// At returns a place in a group of a menu.
func At(menu Menu, group int) Place { return Place{Menu: menu, Group: group} }

// Under returns the place in a submenu of p's menu. The catalogue key of its title is
// "menu." and sub. The submenu is in the group of its first command.
func (p Place) Under(sub string) Place {
	p.Sub = sub
	return p
}
