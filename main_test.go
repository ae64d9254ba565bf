package main

import (
	"os"
	"testing"
)

// TestMain lets tests run the whole program as a separate process.
func TestMain(m *testing.M) {
	if os.Getenv("SSECONSOLE_RUN_MAIN") != "" {
		main()
	}
	if dir := os.Getenv(soakChild); dir != "" {
		pourUntilKilled(dir)
	}
	os.Exit(m.Run())
}
