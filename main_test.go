package main

import (
	"os"
	"strings"
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

func TestVersionIsThatOfThePackage(t *testing.T) {
	toml, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if want := `Version = "` + version + `"`; !strings.Contains(string(toml), want) {
		t.Errorf("FyneApp.toml has no %s", want)
	}
}
