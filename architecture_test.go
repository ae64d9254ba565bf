package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "sseconsole"

// room is a top-level package, or a part of one with its own rules.
type room struct {
	path string   // in the module; "" is package main
	uses []string // the other rooms it may depend on, directly or not
	fyne bool     // whether it may depend on Fyne
}

// rooms returns the rooms of ARCHITECTURE.md. Imports run one way. A package belongs to
// the room with the longest matching path, and every package must belong to one.
func rooms() []room {
	return []room{
		{"", []string{"assets", "client", "server", "ui"}, true},
		{"assets", nil, false},
		{"client", nil, false},
		{"client/eventstream", nil, false},
		{"client/record", nil, false},
		{"client/visible", nil, false},
		{"server", nil, false},
		{"server/fault", nil, false},
		{"server/hub", []string{"server/fault", "server/message"}, false},
		{"server/message", nil, false},
		{"server/scenario", []string{"server/fault", "server/message"}, false},
		{"ui", []string{"assets", "client", "server"}, true},
		{"ui/cli", []string{"assets", "client", "server", "ui/console", "ui/wording"}, false},
		{"ui/command", nil, true},
		{"ui/console", []string{"client", "server"}, false},
		{"ui/kit", []string{"assets", "client/visible", "ui/widgets", "ui/wording/catalogue"}, true},
		{"ui/e2e", nil, false},
		{"ui/form", roomUses(), true},
		{"ui/lab", roomUses(), true},
		{"ui/logpane", roomUses(), true},
		{"ui/palette", roomUses(), true},
		{"ui/runs", roomUses(), true},
		{"ui/stats", roomUses(), true},
		{"ui/tabs", roomUses(), true},
		{"ui/targets", roomUses(), true},
		{"ui/widgets", []string{"assets", "client/visible"}, true},
		{"ui/widgets/text", []string{"assets", "client/visible"}, true},
		{"ui/widgets/compare", []string{"assets", "client", "server", "ui"}, true},
		{"ui/wording", []string{"assets", "client", "server"}, false},
		{"ui/wording/catalogue", []string{"assets"}, false},
	}
}

// roomUses returns what the rooms of the window may depend on: never each other.
func roomUses() []string {
	return []string{"assets", "client", "server", "ui/command", "ui/console", "ui/kit", "ui/widgets", "ui/wording"}
}

// violation says why pkg must not depend on dep, "" if it may. Both are full import
// paths.
func violation(pkg, dep string) string {
	path, _ := place(pkg)
	var home *room
	for _, r := range rooms() {
		if path == r.path || r.path != "" && within(path, r.path) {
			if home == nil || len(r.path) > len(home.path) {
				home = &r
			}
		}
	}
	if home == nil || home.path == "ui" && path != "ui" || strings.Contains(path, "internal") {
		return "has no place in the house"
	}
	ours, ok := place(dep)
	if !ok {
		if !home.fyne && (within(dep, "fyne.io") || within(dep, "github.com/go-gl")) {
			return "must do without Fyne"
		}
		return ""
	}
	for _, allowed := range append(home.uses, home.path) {
		if within(ours, allowed) {
			return ""
		}
	}
	return "must not depend on it"
}

// place returns the path of a package in our module.
func place(pkg string) (path string, ours bool) {
	if pkg == module {
		return "", true
	}
	return strings.CutPrefix(pkg, module+"/")
}

func within(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

// dependencies returns the direct and indirect dependencies of each of our packages,
// itself included.
func dependencies(t *testing.T, args ...string) map[string][]string {
	t.Helper()
	args = append([]string{"list", "-f", `{{.ImportPath}} {{join .Deps " "}}`}, args...)
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	deps := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		deps[fields[0]] = fields
	}
	return deps
}

func TestImportsRunOneWay(t *testing.T) {
	for pkg, deps := range dependencies(t, "-tags", "x11", "./...") {
		for _, dep := range deps {
			if why := violation(pkg, dep); why != "" {
				t.Errorf("%s depends on %s: it %s", pkg, dep, why)
			}
		}
	}
}

func TestHeadlessProgramHasNoWindow(t *testing.T) {
	for _, dep := range dependencies(t, "-tags", "headless", ".")[module] {
		ours, _ := place(dep)
		window := within(ours, "ui") && !within(ours, "ui/cli") && !within(ours, "ui/console") && !within(ours, "ui/wording")
		if within(dep, "fyne.io") || within(dep, "github.com/go-gl") || window {
			t.Errorf("the headless program depends on %s", dep)
		}
	}
}

func TestTheImportRuleReportsViolations(t *testing.T) {
	tests := []struct {
		pkg, dep string
		good     bool
	}{
		{"", "ui", true},
		{"", "ui/cli", true},
		{"ui/cli", "client/judge", true},
		{"ui/cli", "server/scenario", true},
		{"ui/cli", "ui/wording", true},
		{"ui/cli", "ui/console/saved", true},
		{"ui", "ui/console", true},
		{"ui", "fyne.io/fyne/v2", true},
		{"ui/console", "client/journal", true},
		{"ui/console", "server", true},
		{"client", "client/eventstream", true},
		{"client/journal", "client/record", true},
		{"server", "server/scenario", true},
		{"server/hub", "server/fault", true},
		{"server/scenario", "server/fault", true},
		{"ui/widgets", "fyne.io/fyne/v2", true},
		{"ui", "ui/form", true},
		{"ui/form", "ui/kit", true},
		{"ui/form", "ui/command", true},
		{"ui/command", "fyne.io/fyne/v2", true},
		{"ui/form", "ui/wording/catalogue", true},
		{"ui/wording", "ui/wording/catalogue", true},
		{"ui/kit", "ui/wording/catalogue", true},
		{"ui/widgets", "client/visible", true},

		{"ui/cli", "ui", false},
		{"ui/cli", "ui/kit", false},
		{"ui/cli", "ui/form", false},
		{"ui/cli", "fyne.io/fyne/v2", false},
		{"ui/wording", "ui/cli", false},
		{"ui/console", "ui/cli", false},
		{"client", "server", false},
		{"server", "client", false},
		{"server", "client/record", false},
		{"server/hub", "server", false},
		{"server/hub", "server/scenario", false},
		{"server/scenario", "server", false},
		{"server/scenario", "server/hub", false},
		{"server/fault", "server", false},
		{"server/fault", "server/message", false},
		{"client", "ui/console", false},
		{"client", "fyne.io/fyne/v2", false},
		{"client/journal", "github.com/go-gl/gl/v2.1/gl", false},
		{"client/eventstream", "client/record", false},
		{"client/record", "client", false},
		{"ui/console", "fyne.io/fyne/v2", false},
		{"ui/console", "ui/widgets", false},
		{"ui/widgets", "client/record", false},
		{"ui/widgets/text", "ui/widgets", false},
		{"assets", "fyne.io/fyne/v2", false},
		{"ui", "", false},
		{"ui/form", "ui", false},
		{"ui/form", "ui/lab", false},
		{"ui/form", "ui/logpane/details", false},
		{"ui/logpane/details", "ui/form", false},
		{"ui/runs", "ui/logpane", false},
		{"ui/palette", "ui/form", false},
		{"ui/kit", "ui/console", false},
		{"ui/kit", "ui/wording", false},
		{"ui/kit", "ui/command", false},
		{"ui/command", "ui/form", false},
		{"ui/command", "ui/kit", false},
		{"ui/command", "ui/wording/catalogue", false},
		{"ui/console", "ui/command", false},
		{"ui/kit", "client/record", false},
		{"ui/wording", "fyne.io/fyne/v2", false},
		{"ui/wording", "ui/console", false},
		{"ui/attic", "ui/kit", false},
		{"utils", "utils", false},
		{"internal/wire", "internal/wire", false},
		{"client/internal/wire", "client/internal/wire", false},
	}
	for _, tt := range tests {
		whole := func(path string) string { return strings.TrimSuffix(module+"/"+path, "/") }
		pkg, dep := whole(tt.pkg), whole(tt.dep)
		if strings.Contains(tt.dep, ".") {
			dep = tt.dep
		}
		if why := violation(pkg, dep); (why == "") != tt.good {
			t.Errorf("%s depends on %s: %q", pkg, dep, why)
		}
	}
}

// The linter shows a violation where the import is typed.
func TestTheLinterKnowsTheRoomsOfTheWindow(t *testing.T) {
	config, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var others int
	for _, r := range rooms() {
		if slices.Equal(r.uses, roomUses()) {
			others++
		}
	}
	others--
	for _, r := range rooms() {
		if !slices.Equal(r.uses, roomUses()) {
			continue
		}
		if !strings.Contains(string(config), `"**/`+r.path+`/*.go"`) {
			t.Errorf("%s may import other rooms", r.path)
		}
		if n := strings.Count(string(config), `"sseconsole/`+r.path+`$"`); n != others {
			t.Errorf("%d of %d rooms must not import %s", n, others, r.path)
		}
	}
}

// Files named by a user or by another file may be devices or FIFOs.
func TestFilesAreReadAsRegularOnes(t *testing.T) {
	opens := regexp.MustCompile(`\bos\.(Open|ReadFile)\(|\.LoadX509KeyPair\(`)
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		switch filepath.ToSlash(filepath.Dir(path)) {
		case "client/journal", "client/regularfile", "ui/widgets/compare": // runs are found in their directory; the last reads /proc
			return nil
		}
		source, err := os.ReadFile(path)
		if found := opens.Find(source); found != nil {
			t.Errorf("%s uses %s instead of package regularfile", path, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
