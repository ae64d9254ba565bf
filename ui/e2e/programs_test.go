//go:build e2e

package e2e

import (
	"debug/elf"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program returns the path of a program built by `make test`.
func program(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SSECONSOLE_BIN")
	if dir == "" {
		t.Fatal("SSECONSOLE_BIN is not set; run these tests with `make test`")
	}
	return filepath.Join(dir, name)
}

func TestHeadlessProgramIsStatic(t *testing.T) {
	f, err := elf.Open(program(t, "sseconsole-headless"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program has a segment %v: it is dynamically linked", p.Type)
		}
	}
}

func TestHeadlessProgramSaysThatItHasNoWindow(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), program(t, "sseconsole-headless")).CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		t.Errorf("error %v, want exit status 1", err)
	}
	if got := string(out); !strings.Contains(got, "without the window") || strings.Count(got, "\n") != 1 {
		t.Errorf("output %q", got)
	}
}
