package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Table is every command of the window.
type Table []*Command

// Join returns a table of the commands of all parts, in this order.
func Join(parts ...[]Command) Table {
	var t Table
	for _, part := range parts {
		for i := range part {
			t = append(t, &part[i])
		}
	}
	return t
}

// Check returns what is wrong with the table: an ID or a key that is given twice,
// or a command that nobody runs.
func (t Table) Check() error {
	type place struct {
		in  string
		key Key
	}
	var wrong []error
	ids, keys := map[string]bool{}, map[place]string{}
	for _, c := range t {
		if ids[c.ID] {
			wrong = append(wrong, fmt.Errorf("%s stands twice", c.ID))
		}
		ids[c.ID] = true
		if (c.Run == nil) != (c.In != "") {
			wrong = append(wrong, fmt.Errorf("%s is to be run either by Run or by a control", c.ID))
		}
		for _, key := range slices.Concat(c.Keys, c.Also) {
			at := place{c.In, key}
			if other, taken := keys[at]; taken {
				wrong = append(wrong, fmt.Errorf("%v belongs to %s and %s", key, other, c.ID))
			}
			keys[at] = c.ID
		}
	}
	return errors.Join(wrong...)
}

// Menu returns the commands of a menu in the order in which they stand.
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

// Pressed returns the command of a key that no control takes by itself, or nil.
func (t Table) Pressed(key Key) *Command {
	for _, c := range t {
		if c.Run != nil && (slices.Contains(c.Keys, key) || slices.Contains(c.Also, key)) {
			return c
		}
	}
	return nil
}
