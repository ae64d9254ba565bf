// Package peers tests the server with other people's programs: browsers, curl,
// Node, and the npm packages of testdata/npm. `make test-peers` installs them and
// runs the tests.
package peers
