package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

const (
	clickDelay = 400 * time.Millisecond // how soon one click follows another of the same row
	clickReach = 4                      // and how near, in Fyne's units
)

// Clicks counts clicks that follow each other at one place. A widget that
// implements [fyne.DoubleTappable] instead may take away a click on another one:
// if Fyne gives up waiting for the second click while a button is down
// elsewhere, it forgets that it is. It goes once Fyne taps at each click
// (https://github.com/fyne-io/fyne/issues/3901).
type Clicks struct {
	n    int
	at   fyne.Position
	when time.Time
}

// Add counts a press of the button, and returns which one in a row it is, from 1.
func (c *Clicks) Add(at fyne.Position) int {
	now, away := time.Now(), at.Subtract(c.at)
	if now.Sub(c.when) > clickDelay || max(away.X, -away.X, away.Y, -away.Y) > clickReach {
		c.n = 0
	}
	c.n, c.at, c.when = c.n+1, at, now
	return c.n
}
