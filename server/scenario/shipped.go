package scenario

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed shipped/*.txt
var scenarioFiles embed.FS

// Names returns the names of the shipped scenarios, in the order in which they are shown.
func Names() []string {
	return []string{"quotes", "chat", "progress", "tokens", "bad-day"}
}

// Shipped returns the shipped scenario of this name, and its text.
func Shipped(name string) (*Scenario, string, error) {
	if !slices.Contains(Names(), name) {
		return nil, "", fmt.Errorf("server: there is no scenario %q; those that ship are %s", name, strings.Join(Names(), ", "))
	}
	text, err := fs.ReadFile(scenarioFiles, "shipped/"+name+".txt")
	if err != nil {
		return nil, "", fmt.Errorf("server: %w", err)
	}
	sc, err := Parse(strings.NewReader(string(text)))
	return sc, string(text), err
}
