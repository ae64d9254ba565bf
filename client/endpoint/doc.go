// Package endpoint defines targets: where requests go and what they contain.
//
// A Spec is a target: how to subscribe, send and close at any endpoint, with
// templates, variables, authentication and a Connection. Demo and Stream return
// one for a typed address, and New one of a known shape that can be saved.
// Spec.Request makes the requests of its calls, Spec.Check finds what is wrong
// with it, and a Masker masks its secrets.
package endpoint
