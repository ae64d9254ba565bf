// Package e2e contains end-to-end tests that run the programs as they are shipped and
// operate them by mouse and keyboard events. `make test` builds the programs and
// provides a display.
package e2e
