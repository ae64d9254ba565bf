// Package form shows the top of the window: the field that says where requests go, and
// the demo's form with its calls.
package form
