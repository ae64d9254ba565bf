// Package stats shows the line at the bottom of the window: counts, rates and times
// of the subscription in the form.
package stats
