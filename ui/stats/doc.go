// Package stats shows the line at the bottom of the window: counts, rates, times and
// plots of the subscription in the chosen tab, or of all.
package stats
