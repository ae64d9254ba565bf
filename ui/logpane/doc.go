// Package logpane shows the log: its rows, the filter bar, and the details of the
// selected row.
package logpane
