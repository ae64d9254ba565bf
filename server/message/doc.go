// Package message defines what the server sends: a [Message], its recipients and its
// wire form. It is a leaf, so that scenarios can send messages and the hub can deliver
// them without knowing each other.
package message
