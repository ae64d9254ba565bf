package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Table holds all commands of the window.
type Table []*Command

// Join returns a table of the commands of all parts, in order.
func Join(parts ...[]Command) Table {
	var t Table
	for _, part := range parts {
		for i := range part {
			t = append(t, &part[i])
		}
	}
	return t
}

// Check returns an error if an ID or a key is used twice, or if a command has both or
// neither of Run and In.
func (t Table) Check() error {
	type place struct {
		in  string
		key Key
	}
	var wrong []error
	ids, keys := map[string]bool{}, map[place]string{}
	for _, c := range t {
		if ids[c.ID] {
			wrong = append(wrong, fmt.Errorf("duplicate command %s", c.ID))
		}
		ids[c.ID] = true
		if (c.Run == nil) != (c.In != "") {
			wrong = append(wrong, fmt.Errorf("%s must have either Run or In", c.ID))
		}
		for _, key := range slices.Concat(c.Keys, c.Also) {
			at := place{c.In, key}
			if other, taken := keys[at]; taken {
				wrong = append(wrong, fmt.Errorf("%v is a key of both %s and %s", key, other, c.ID))
			}
			keys[at] = c.ID
		}
	}
	return errors.Join(wrong...)
}

// InOrder returns all commands: those of the menus in display order, then the others.
func (t Table) InOrder() []*Command {
	var all []*Command
	for _, menu := range append(Menus(), "") {
		all = append(all, t.Menu(menu)...)
	}
	return all
}

// Menu returns the commands of a menu in display order.
func (t Table) Menu(menu Menu) []*Command {
	var found []*Command
	for _, c := range t {
		if c.Place.Menu == menu {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b *Command) int { return cmp.Compare(a.Place.Group, b.Place.Group) })
	return found
}

// Pressed returns the command that a key runs, or nil.
func (t Table) Pressed(key Key) *Command {
	for _, c := range t {
		if c.Run != nil && (slices.Contains(c.Keys, key) || slices.Contains(c.Also, key)) {
			return c
		}
	}
	return nil
}
