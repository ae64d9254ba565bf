// Package endpoint says where requests go, and with what.
//
// Spec is a target: how to subscribe, send and close at any endpoint, with
// templates, variables, authentication and Connection. Demo and Stream make one
// of an address that was typed, New one of a known shape that can be saved.
// Request makes the requests of its calls, Check tells what is wrong with it,
// Masker takes its secrets out of what is shown.
package endpoint
