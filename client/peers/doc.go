// Package peers compares the client with programs of others: browsers.
// `make test-peers` installs them and runs the tests.
package peers
