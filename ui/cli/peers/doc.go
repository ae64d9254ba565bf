// Package peers tests the command line with programs of others: Node, nginx,
// HAProxy. `make test-peers` installs them and runs the tests.
package peers
