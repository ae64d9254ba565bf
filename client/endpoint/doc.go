// Package endpoint says where requests go, and with what.
//
// Target is the quick way, an address typed into the window. Spec is a saved
// target: how to subscribe, send and close at any endpoint, with templates,
// variables, authentication and Connection. New makes one of a known shape,
// Request makes the requests of its calls, Check tells what is wrong with it,
// Masker takes its secrets out of what is shown.
package endpoint
