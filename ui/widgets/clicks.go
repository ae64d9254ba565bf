package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

const (
	clickDelay = 400 * time.Millisecond // longest time between two clicks of one series
	clickReach = 4                      // longest distance between them, in Fyne's units
)

// Clicks counts consecutive clicks at one place. It replaces
// [fyne.DoubleTappable], which can swallow a click on another widget: if Fyne
// stops waiting for the second click while a button is held down elsewhere, it
// forgets that button. Clicks can be removed once Fyne reports every click
// (https://github.com/fyne-io/fyne/issues/3901).
type Clicks struct {
	n    int
	at   fyne.Position
	when time.Time
}

// Add records a press of the button and returns its number in the series, from 1.
func (c *Clicks) Add(at fyne.Position) int {
	now, away := time.Now(), at.Subtract(c.at)
	if now.Sub(c.when) > clickDelay || max(away.X, -away.X, away.Y, -away.Y) > clickReach {
		c.n = 0
	}
	c.n, c.at, c.when = c.n+1, at, now
	return c.n
}
