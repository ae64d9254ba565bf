// Package widgets holds Fyne widgets that show much text quickly: [LogView], a
// list of any number of rows in columns, and [TextView], one wrapped text. Both
// draw themselves, pixel by pixel, into one raster, because the stock widgets
// lose rows past some 400,000 and cost a texture for every string they show.
//
// Text is drawn in cells of one width, wide characters in two or three. Fonts
// are tried in this order: DejaVu Sans Mono, the fallbacks given to [NewFonts],
// emoji, that of the character's script ([Fonts.Scripts]), symbols, and one that
// has some shape for everything; what none of them covers is shown as U+FFFD.
// Marks, joined emoji and the conjuncts of Indic scripts are shaped as one
// cluster, and the letters of Arabic and other cursive scripts take the form that
// those beside them ask for. Letters wider than their cells are condensed, so
// that such text is readable but not beautiful.
//
// Lines stand in the visual order of the Unicode Bidirectional Algorithm, each
// row of a wrapped text by itself. The first letter of a line says whether it
// runs from right to left; it begins at the left edge in any case. Explicit
// embeddings and overrides are shown and not obeyed, so that they cannot disguise
// a text.
//
// Nothing invisible stays hidden. Where a text has to fit on one line, a line
// feed is shown as ↵ and a tab as →; other control characters as ^A to ^Z and
// their like; invisible format characters (zero width space, bidi marks) as a
// middle dot, all of them faint.
//
// Everything here belongs to the UI thread: every function and method is called
// on it, and calls back on it, unless it says otherwise.
package widgets
