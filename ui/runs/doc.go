// Package runs saves the log, opens earlier runs and files, and warns if the current
// run is not written to disk.
package runs
