//go:build !unix

package cli

// stayInBackground does nothing: terminals know no background here.
func stayInBackground() {}
