// Package jq runs jq expressions over JSON, within bounds of time and memory.
// Expressions come from people and from files that others wrote.
//
// The engine is gojq, and results are gojq's. What an expression may allocate
// and do is counted: each instruction, and each call of a builtin before it is
// made, by the size of its operands (costs.go). An expression that goes beyond
// is stopped, so that a record gives the same result on any machine, whatever
// else the program does. A time limit stands behind that. Expressions have no
// environment, no further input and no files.
package jq
