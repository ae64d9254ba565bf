// Package scenario plays files of sends, waits, faults and closes to the
// subscribers of a server: [Parse] reads a file, [Shipped] returns one of those
// that ship, and [Players] play them on a [Stage]. docs/scenarios.md describes the
// format.
package scenario
