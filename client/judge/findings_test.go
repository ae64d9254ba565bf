package judge

import (
	"slices"
	"testing"
)

func TestEachFindingFiresOnItsExampleAlone(t *testing.T) {
	// Findings that come with another one.
	with := map[string][]string{
		"redirected_to_no_stream": {"content_type"},
		"coding_wrong":            {"compressed"},
		"compressed_held_back":    {"compressed"},
		"content_length_short":    {"content_length"},
		"cut_after_same_time":     {"cut_off"},
		"cut_when_idle":           {"connection_broken"},
		"reconnect_storm":         {"ids_missing_on_reconnect"},
	}
	near := map[string][]string{
		"coding_wrong":         {"compressed"},
		"compressed_held_back": {"compressed"},
		"content_length_short": {"content_length"},
		"cut_after_same_time":  {"cut_off"},
		"cut_when_idle":        {"connection_broken"},
		"reconnect_storm":      {"ids_missing_on_reconnect"},
	}
	for _, f := range Findings() {
		t.Run(f.Code, func(t *testing.T) {
			p := newPlayer(t)
			p.play(f.Fires)
			want := append([]string{f.Code}, with[f.Code]...)
			slices.Sort(want)
			if got := p.codes(); !slices.Equal(got, want) {
				t.Errorf("%q: found %q, want %q", f.Fires, got, want)
			}
			p = newPlayer(t)
			p.play(f.Silent)
			if got := p.codes(); !slices.Equal(got, near[f.Code]) {
				t.Errorf("%q: found %q, want %q", f.Silent, got, near[f.Code])
			}
		})
	}
}

func TestEachFindingHasASeverityAndASource(t *testing.T) {
	for _, f := range Findings() {
		if f.Source == "" {
			t.Errorf("%s has no source", f.Code)
		}
		if f.Severity.String() == "" || SeverityOf(f.Code) != f.Severity {
			t.Errorf("%s: %v, by its code %v", f.Code, f.Severity, SeverityOf(f.Code))
		}
	}
	if s := SeverityOf("of_a_newer_version"); s != Warning {
		t.Errorf("an unknown code is of severity %v", s)
	}
}

func TestCodesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Findings() {
		if seen[f.Code] {
			t.Errorf("%s is there twice", f.Code)
		}
		seen[f.Code] = true
	}
}
