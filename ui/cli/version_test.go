package cli

import (
	"os"
	"strings"
	"testing"
)

func TestVersionIsThatOfThePackage(t *testing.T) {
	toml, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if want := `Version = "` + Version + `"`; !strings.Contains(string(toml), want) {
		t.Errorf("FyneApp.toml has no %s", want)
	}
}
