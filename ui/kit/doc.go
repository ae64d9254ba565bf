// Package kit provides what all parts of the window need and Fyne lacks: buttons and
// fields usable from the keyboard, dialogs, toasts, and texts that follow the language.
// Its parts are chooser (files), look (the theme and fonts) and system (the desktop). It
// knows nothing of SSE.
package kit
