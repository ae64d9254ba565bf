// Package jq runs jq expressions over JSON within bounds of time and memory.
// Expressions come from users and from files that others wrote.
//
// The engine is gojq, and so are the results. The package counts what an expression
// allocates and does: each instruction, and each call of a builtin before it is
// made, by the size of its operands (costs.go). It stops an expression that exceeds
// its bounds. A count gives the same result on every machine, whatever else is
// running; a time limit is the last resort. Expressions have no environment, no
// further input and no files.
package jq
