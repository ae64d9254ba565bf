// Package secret stores secrets in the system's keyring or, if there is none,
// in a file that only its owner can read.
package secret
