// Package peers tests the command line with programs of others: Node with the npm
// packages of testdata/npm, nginx, HAProxy. `make test-peers` installs them and
// runs the tests.
package peers
