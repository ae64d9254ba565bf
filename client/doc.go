// Package client subscribes to event streams as a browser's EventSource does
// (HTML standard, section 9.2), makes the send and close calls, and turns
// everything it sees into records. It knows no window and no server.
package client
