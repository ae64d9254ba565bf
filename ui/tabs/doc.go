// Package tabs is the row above the log: a tab for everything and one for each
// subscription. The chosen tab is the scope of the log and of the line at the bottom.
package tabs
