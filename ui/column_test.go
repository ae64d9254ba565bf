package ui

import "sseconsole/ui/logpane"

// column returns the place of a column of the log, by its key.
func column(key string) int {
	for i, c := range logpane.FirstColumns() {
		if c.Key == key {
			return i
		}
	}
	panic("no column " + key)
}
