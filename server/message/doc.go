// Package message has what the server sends: a [Message], whom it goes to, and
// its wire form. Whoever sends and whoever delivers share it.
package message
