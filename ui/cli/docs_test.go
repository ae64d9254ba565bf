package cli

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestTheDocumentNamesEveryFlagOfCheckAndListen(t *testing.T) {
	text, err := os.ReadFile("../../docs/command-line.md")
	if err != nil {
		t.Fatal(err)
	}
	root := quietRoot(io.Discard, io.Discard)
	for _, name := range []string{"check", "listen"} {
		for _, f := range root.Command(name).Flags {
			if o := f.(*option); !strings.Contains(string(text), "`"+o.synopsis()+"`") {
				t.Errorf("%s %s is missing", name, o.synopsis())
			}
		}
	}
}
