package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	urfave "github.com/urfave/cli/v3"
)

// option is a flag of a command.
type option struct {
	*urfave.GenericFlag
	value   string   // stands for its value in the help; empty for a flag without one
	choices []string // the values that a shell completes
}

// newOption returns a flag whose text goes to set. Without a value, that is a
// boolean.
func newOption(name, value, usage string, set func(string) error) *option {
	return &option{
		GenericFlag: &urfave.GenericFlag{Name: name, Usage: usage, Value: setter{set, value == ""}, Local: true},
		value:       value,
	}
}

// text returns a flag whose value is kept as it is.
func text(to *string, name, value, usage string) *option {
	return newOption(name, value, usage, func(s string) error {
		*to = s
		return nil
	})
}

const wantBoolean = "want true or false, or no value"

// yes returns a flag without a value, which -name=false turns off again.
func yes(to *bool, name, usage string) *option {
	return newOption(name, "", usage, func(s string) (err error) {
		if *to, err = strconv.ParseBool(s); err != nil {
			return errors.New(wantBoolean)
		}
		return nil
	})
}

// choice returns a flag whose value is one of the choices.
func choice[T ~string](to *T, name, value, usage string, choices []T) *option {
	o := newOption(name, value, usage, func(s string) error {
		*to = T(s)
		if !slices.Contains(choices, *to) {
			return fmt.Errorf("want one of %v", choices)
		}
		return nil
	})
	for _, c := range choices {
		o.choices = append(o.choices, string(c))
	}
	return o
}

// offering sets the values that a shell completes.
func (o *option) offering(choices ...string) *option {
	o.choices = choices
	return o
}

// TakesValue reports whether the flag has a value.
func (o *option) TakesValue() bool { return o.value != "" }

// flags returns options as a command takes them.
func flags(options ...*option) (list []urfave.Flag) {
	for _, o := range options {
		list = append(list, o)
	}
	return list
}

// optionsOf returns the flags of a command, those that it shares with all others
// last.
func optionsOf(cmd *urfave.Command) (list []*option) {
	for _, c := range cmd.Lineage() {
		for _, f := range c.Flags {
			if o, ok := f.(*option); ok && (c == cmd || !o.Local) {
				list = append(list, o)
			}
		}
	}
	return list
}

// setter lets package urfave give the text of a flag to a function. Get
// returns nil, or package urfave would act on the help flag by itself.
type setter struct {
	set  func(string) error
	bool bool
}

func (s setter) Set(text string) error { return s.set(text) }
func (s setter) Get() any              { return nil }
func (s setter) String() string        { return "" }
func (s setter) IsBoolFlag() bool      { return s.bool }
