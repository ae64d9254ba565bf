// Package peers tests the server with programs of others: browsers, curl, Node.
// `make test-peers` installs them and runs the tests.
package peers
