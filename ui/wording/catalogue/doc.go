// Package catalogue has the program's texts in each of its languages, and formats durations,
// sizes and counts in them.
package catalogue
