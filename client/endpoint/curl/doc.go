// Package curl reads curl commands as requests and saved targets, and writes
// requests as curl commands. Nothing in a command is dropped silently: what
// cannot be honoured is a Note.
package curl
