package judge

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"text/template"
)

// catalogue returns the sentences of a language.
func catalogue(t *testing.T, language string) map[string]any {
	t.Helper()
	data, err := os.ReadFile("../../assets/translations/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]any
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

// word fills in a sentence.
func word(t *testing.T, text any, seen string) string {
	t.Helper()
	tmpl, err := template.New("").Option("missingkey=error").Parse(text.(string))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, map[string]any{"Seen": seen}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryFindingHasItsSentencesInBothLanguages(t *testing.T) {
	for _, language := range []string{"en", "zh"} {
		texts := catalogue(t, language)
		known := map[string]bool{}
		for _, f := range Findings() {
			p := newPlayer(t)
			p.play(f.Fires)
			for _, part := range []string{"", ".why", ".do"} {
				key := "problem." + f.Code + part
				known[key] = true
				text, ok := texts[key].(string)
				if !ok || text == "" {
					t.Errorf("%s lacks %s", language, key)
					continue
				}
				for _, problem := range p.problems {
					if got := word(t, text, problem.Data); problem.Type == f.Code && part == "" && problem.Data != "" && !strings.Contains(got, problem.Data) {
						t.Errorf("%s: %q does not say what was seen, %q", language, got, problem.Data)
					}
				}
				if part != "" && strings.Contains(text, "{{") {
					t.Errorf("%s: %s has a place to fill", language, key)
				}
			}
		}
		for key := range texts {
			if strings.HasPrefix(key, "problem.") && !known[key] {
				t.Errorf("%s: %s is of no finding", language, key)
			}
		}
	}
}
