// Package peers compares the client with browsers. `make test-peers` installs them
// and runs the tests.
package peers
