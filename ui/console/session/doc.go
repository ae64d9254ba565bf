// Package session stores what a window shows and has not sent yet, so that the next one
// begins where it ended.
//
// Several windows may be open at once. Each has a file of its own: the first one that no
// other window uses. So they do not overwrite each other's, and a window that is opened
// again continues the one that was closed.
package session
