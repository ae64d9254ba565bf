// Package text lays out and draws text of one size into an image, without a widget: [Fonts]
// find and draw the glyphs, [Next] finds what a reader sees as one character, [Fonts.Place]
// puts them on a line, [Wrapping] breaks lines, [Cut] shortens them, [Fold] hides parts of
// an outline, and [Surface] is what all is drawn on.
//
// Text is drawn in cells of one width; wide characters take two or three. Fonts
// are tried in this order: DejaVu Sans Mono, the fallbacks given to [NewFonts],
// emoji, the font of the character's script ([Fonts.Scripts]), symbols, and a
// last-resort font. A character that none of them covers is shown as U+FFFD.
// Combining marks, joined emoji and the conjuncts of Indic scripts are shaped as
// one cluster; letters of Arabic and other cursive scripts join their neighbours.
// Letters wider than their cells are condensed: readable, but not beautiful.
//
// Lines are shown in the visual order of the Unicode Bidirectional Algorithm,
// each row of a wrapped text on its own. The first letter of a line decides
// whether it runs from right to left; the line starts at the left edge in any
// case. Explicit embeddings and overrides are shown but not applied, so that they
// cannot disguise a text.
//
// Invisible characters are made visible, in a faint colour. Where a text must fit
// on one line, a line feed is shown as ↵ and a tab as →. Other control characters
// are shown as ^A to ^Z and so on, invisible format characters (zero width space,
// bidi marks) as a middle dot.
//
// Fonts and what draws with them belong to the UI thread; the other functions are safe to
// use anywhere.
package text
