// Package fault has what can go wrong on purpose in a stream: the kinds of
// faults, the line of text that a fault is written as, and the [Registry] of
// those that are on. What a fault does to the bytes of a stream is up to whoever
// writes them.
package fault
