// Package widgets provides Fyne widgets that show large amounts of text quickly:
// [LogView], a list of any number of rows in columns; [TextView], a wrapped text that can be folded;
// [Plot], a bar chart; and [Tip], a text beside the mouse. Each draws itself into one
// raster, because Fyne's list loses rows past some 400,000 and its labels cost a texture
// per string.
//
// Text is drawn by package text, in cells of one width.
//
// All functions and methods must be called on the UI thread, and callbacks run on
// it, unless documented otherwise.
package widgets
