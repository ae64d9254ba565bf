// Package curl parses curl commands into requests and targets, and formats requests as
// curl commands. It ignores nothing silently: each part of a command that it does not
// honor is a Note.
package curl
