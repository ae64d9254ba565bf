package main

import (
	"os"
	"testing"
)

// TestMain lets a test run the whole program, as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("SSECONSOLE_RUN_MAIN") != "" {
		main()
	}
	if dir := os.Getenv(soakChild); dir != "" {
		pourUntilKilled(dir)
	}
	os.Exit(m.Run())
}
