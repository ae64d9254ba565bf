package record

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

const page = "../../docs/ndjson.md"

var update = flag.Bool("update", false, "write the tables of fields and kinds")

// TestThePageOfNDJSONIsFresh checks that the tables of fields and kinds on the page
// are those of the code.
func TestThePageOfNDJSONIsFresh(t *testing.T) {
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	fresh := section(t, string(old), "## Fields\n", fieldTable())
	fresh = section(t, fresh, "## Kinds\n", kindsOnPage())
	if *update {
		if err := os.WriteFile(page, []byte(fresh), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if fresh != string(old) {
		t.Errorf("%s is stale: write it by go test ./client/record -update", page)
	}
}

// section replaces the text under a heading.
func section(t *testing.T, page, heading, text string) string {
	t.Helper()
	before, after, found := strings.Cut(page, heading)
	if !found {
		t.Fatalf("no %q", heading)
	}
	rest := ""
	if i := strings.Index(after, "\n## "); i >= 0 {
		rest = after[i:]
	}
	return before + heading + "\n" + text + rest
}

func fieldTable() string {
	var b strings.Builder
	b.WriteString("| field | type | kinds | meaning |\n|---|---|---|---|\n")
	for _, c := range Columns() {
		name, kind := "`"+c.Name+"` ", c.Type.String()+" "
		for _, use := range c.Uses {
			fmt.Fprintf(&b, "| %s| %s| %s | %s |\n", name, kind, use.Kinds, use.Meaning)
			name, kind = "", ""
		}
	}
	return b.String()
}

func kindsOnPage() string {
	var b strings.Builder
	b.WriteString("| kind | meaning |\n|---|---|\n")
	for _, k := range Kinds() {
		if k.Name != "" {
			fmt.Fprintf(&b, "| `%s` | %s |\n", k.Name, k.Meaning)
		}
	}
	return b.String()
}
