// Package scenario plays scenarios, which are text files of sends, waits, faults and
// closes, to the subscribers of a server. [Parse] reads a file, [Shipped] returns one
// that ships with the program, and [Players] play them on a [Stage]. docs/scenarios.md
// describes the format.
//
// To ship another scenario, add its file to shipped/ and its name to [Names]. To add a
// step, parse it in parseStep, play it in Player.run, and describe it in
// docs/scenarios.md.
package scenario
