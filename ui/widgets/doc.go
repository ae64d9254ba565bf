// Package widgets holds Fyne widgets that show much text quickly: [LogView], a
// list of any number of rows in columns, and [TextView], one wrapped text. Both
// draw themselves, pixel by pixel, into one raster, because the stock widgets
// lose rows past some 400,000 and cost a texture for every string they show.
//
// Text is drawn in cells of one width, wide characters in two, left to right
// only: Arabic and Hebrew letters stand in the order they are stored. Fonts are
// tried in this order: DejaVu Sans Mono, the fallbacks given to [NewFonts],
// emoji; what none of them covers is shown as U+FFFD. Combining marks and
// joined emoji are shaped as one cluster.
//
// Nothing invisible stays hidden. Where a text has to fit on one line, a line
// feed is shown as ↵ and a tab as →; other control characters as ^A to ^Z and
// their like; invisible format characters (zero width space, bidi marks) as a
// middle dot, all of them faint.
//
// Everything here belongs to the UI thread: every function and method is called
// on it, and calls back on it, unless it says otherwise.
package widgets
