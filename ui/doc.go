// Package ui runs the program's window. It joins the parts of the window, which are
// packages below this one, and connects them to each other and to the controller in
// ui/console.
package ui
