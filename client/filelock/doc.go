// Package filelock locks files, so that two programs that use the same directory know of
// each other.
package filelock
