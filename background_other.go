//go:build !unix

package main

// stayInBackground does nothing: terminals know no background here.
func stayInBackground() {}
