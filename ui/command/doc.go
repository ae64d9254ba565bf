// Package command describes the commands of the window. Each part of the window
// contributes its commands; the window joins them into one [Table], from which the
// menu, the list of keys and docs/keys.md are made.
package command
