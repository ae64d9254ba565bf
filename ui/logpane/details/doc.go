// Package details shows everything about the selected row of the log: its data, laid out
// and coloured, its bytes, its connection and its timing. It is a part of the log.
package details
