package server

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed scenarios/*.txt
var scenarioFiles embed.FS

// ScenarioNames returns the names of the scenarios that ship, in the order in
// which they are shown.
func ScenarioNames() []string {
	return []string{"quotes", "chat", "progress", "tokens", "bad-day"}
}

// ShippedScenario returns the scenario of a name, and its text.
func ShippedScenario(name string) (*Scenario, string, error) {
	if !slices.Contains(ScenarioNames(), name) {
		return nil, "", fmt.Errorf("server: there is no scenario %q; those that ship are %s", name, strings.Join(ScenarioNames(), ", "))
	}
	text, err := fs.ReadFile(scenarioFiles, "scenarios/"+name+".txt")
	if err != nil {
		return nil, "", fmt.Errorf("server: %w", err)
	}
	sc, err := ParseScenario(strings.NewReader(string(text)))
	return sc, string(text), err
}
