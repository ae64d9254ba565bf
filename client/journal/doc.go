// Package journal keeps every record of a run in the order of its appending.
//
// It lives in memory within a fixed bound: when the bound is reached the
// oldest records go, and the journal says how many went. Nothing else is ever
// dropped.
package journal
