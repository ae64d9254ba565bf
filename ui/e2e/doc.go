// Package e2e holds the end-to-end tests: they drive the real programs, as
// they are shipped, with real mouse and keyboard events. `make test` builds the
// programs and gives the tests a display.
package e2e
