// Package look decides how the window looks: colours, sizes, and the fonts of Fyne's
// widgets.
package look
