// Package palette shows a list over the window in which the user finds a command, a
// target, a subscription or a run by typing parts of its name.
package palette
