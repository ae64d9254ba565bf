// Package kit provides what all parts of the window need and Fyne lacks: buttons and
// fields usable from the keyboard, dialogs, file choosers, the theme, and texts that
// follow the language. It knows nothing of SSE.
package kit
