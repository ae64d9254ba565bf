// Package secret keeps secrets: in the system's keyring, or, where there is
// none, in a file that only its owner can read.
package secret
