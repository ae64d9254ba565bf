//go:build !e2e

package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"sseconsole/assets"
	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/filter"
	"sseconsole/client/jq"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/regularfile"
	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/scenario"
	"sseconsole/ui/command"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/lab"
	"sseconsole/ui/logpane"
	"sseconsole/ui/targets"
	"sseconsole/ui/wording/catalogue"
)

// readCatalogue returns the texts of a language by key. The package json refuses
// duplicate keys.
func readCatalogue(t *testing.T, language string) map[string]string {
	t.Helper()
	var raw map[string]jsontext.Value
	if err := json.Unmarshal(assets.Translation(language), &raw); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	texts := map[string]string{}
	for key, text := range raw {
		texts[key] = string(text)
	}
	return texts
}

func TestBothLanguagesHaveEveryTextAndItsValues(t *testing.T) {
	en, zh := readCatalogue(t, catalogue.English), readCatalogue(t, catalogue.Chinese)
	values := regexp.MustCompile(`\{\{[^}]*\.(\w+)`)
	names := func(text string) map[string]bool {
		set := map[string]bool{}
		for _, m := range values.FindAllStringSubmatch(text, -1) {
			set[m[1]] = true
		}
		return set
	}
	for key, text := range en {
		other, ok := zh[key]
		if !ok {
			t.Errorf("Chinese lacks %q", key)
			continue
		}
		for name := range names(text) {
			if !names(other)[name] {
				t.Errorf("%s: the Chinese text lacks {{.%s}}", key, name)
			}
		}
		for name := range names(other) {
			if !names(text)[name] {
				t.Errorf("%s: the English text lacks {{.%s}}", key, name)
			}
		}
	}
	for key := range zh {
		if _, ok := en[key]; !ok {
			t.Errorf("English lacks %q", key)
		}
	}
}

// sources returns the Go code of the window and of package export.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	read := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		all.Write(data)
		return err
	}
	for _, root := range []string{".", "../client/export"} {
		if err := filepath.WalkDir(root, read); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestTheCatalogueHasExactlyTheTextsThatAreUsed(t *testing.T) {
	source := sources(t)
	used := map[string]bool{}
	find := func(pattern, prefix string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(source, -1) {
			used[prefix+m[1]] = true
		}
	}
	find(`\bT\("([\w.]+)"[,)]`, "")
	find(`\bT "([\w.]+)"`, "") // in the report's page
	find(`\bsay\("([\w.]+)", `, "")
	find(`"(details\.beginning\w*)"`, "")
	find(`\bline\("(\w+)"`, "detail.")
	find(`\bpercentiles\("([\w.]+)"\)`, "")
	find(`\bnewMark\(.*"([\w.]+)"`, "")
	find(`"((?:server|faults|column|detail|spec|manager|palette)\.\w+)"[,})]`, "")
	find(`Obstacle\s+= "(\w+)"`, "why.")
	for _, code := range record.NoticeCodes() {
		used["notice."+string(code)] = true
	}
	for _, c := range lab.FaultChoices() {
		used["faults.group_"+c.Group], used["fault."+string(c.Kind)], used["fault."+string(c.Kind)+".why"] = true, true, true
	}
	for _, s := range endpoint.Shapes() {
		used["shape."+s.ID], used["shape."+s.ID+".why"] = true, true
	}
	for _, text := range choicesOfTargets() {
		used[text] = true
	}
	notes, err := os.ReadFile("../client/endpoint/curl/note.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(Note|Error)Code\s+= "(\w+)"`).FindAllStringSubmatch(string(notes), -1) {
		used["curl."+strings.ToLower(m[1])+"."+m[2]] = true
	}
	for _, code := range problemCodes(t) {
		used["target.problem."+code] = true
	}
	for _, code := range []string{
		scenario.BadStep, scenario.BadText, scenario.BadArgument, scenario.BadDuration, scenario.BadFault, scenario.BadLoop, scenario.BadLength, scenario.BadEncoding,
	} {
		used["scenario.bad_"+code] = true
	}
	for _, code := range []string{chooser.FileExists, chooser.FileRelative, chooser.FileNoFolder, chooser.FileIsFolder} {
		used["new_file."+code] = true
	}
	for _, code := range []string{chooser.OldRelative, chooser.OldMissing, chooser.OldIsFolder, chooser.OldNoAccess} {
		used["old_file."+code] = true
	}
	for _, m := range hub.Modes() {
		used["mode."+string(m)], used["mode."+string(m)+".why"] = true, true
	}
	for _, p := range hub.Policies() {
		used["policy."+string(p)], used["policy."+string(p)+".why"] = true, true
	}
	for _, answer := range []string{"paused", "goes_on", "step", "stopped", "next_held", "next_at_once", "next_nothing"} {
		used["steer."+answer] = true
	}
	for _, state := range []scenario.State{scenario.Playing, scenario.Paused, scenario.Ended} {
		used["steer.state_"+string(state)] = true
	}
	for _, k := range server.Kinds() {
		if _, recorded := embedded.RecordOf(server.Notice{Kind: k}); !recorded && k != server.FaultOn && k != server.FaultOff {
			used["served."+strings.ReplaceAll(string(k), " ", "_")] = true
		}
	}
	for _, s := range []hub.State{hub.Open, hub.Held, hub.Away, hub.Ending, hub.Stray} {
		used["state_of_session."+string(s)] = true
	}
	for _, g := range logpane.KindGroups() {
		used["show."+g.Name] = true
	}
	for _, name := range client.Engines() {
		used["engine."+name] = true
	}
	for _, code := range client.Differences() {
		used["difference."+code] = true
	}
	for _, f := range judge.Findings() {
		used["problem."+f.Code], used["problem."+f.Code+".why"], used["problem."+f.Code+".do"] = true, true, true
	}
	for _, s := range []judge.Severity{judge.Advice, judge.Warning, judge.Error} {
		used["severity."+s.String()] = true
	}
	for k := record.Subscribe; k <= record.Redirect; k++ {
		used["kind."+k.String()] = true
	}
	for _, party := range []record.Party{record.ByServer, record.ByNetwork, record.ByPerson, record.ByEngine, record.ByMarker} {
		used["row.ended."+string(party)] = true
	}
	for _, source := range []record.DelaySource{record.FromDefault, record.FromRetry, record.FromBackoff, record.FromPerson, record.FromTarget} {
		used["source."+string(source)] = true
	}
	for _, c := range logpane.FirstColumns() {
		used["column."+c.Key] = true
	}
	for _, e := range logpane.FilterExamples() {
		used["filter.help."+e[0]] = true
	}
	for _, menu := range command.Menus() {
		used["menu."+string(menu)] = true
	}
	for _, c := range testWindow(t, settings.Settings{}).commands {
		used[c.Text()] = true
		if c.Place.Sub != "" {
			used["menu."+c.Place.Sub] = true
		}
	}
	for _, code := range []filter.Code{
		filter.NoValue, filter.OpenQuote, filter.OpenExpression, filter.BadExpression, filter.UnknownKind, filter.BadJQ, filter.TooLong, filter.NotText,
	} {
		used["filter.error."+string(code)] = true
	}
	for _, kind := range regularfile.Kinds() {
		used["file.refused."+string(kind)] = true
	}
	for _, reason := range jq.Reasons() {
		used["filter.stopped."+string(reason)] = true
	}
	failures, err := os.ReadFile("../client/record/failure.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Failure = "(\w+)"`).FindAllStringSubmatch(string(failures), -1) {
		used["failure."+m[1]], used["failure."+m[1]+".remedy"] = true, true
	}

	texts := readCatalogue(t, catalogue.English)
	for key := range used {
		if _, ok := texts[key]; !ok {
			t.Errorf("the catalogue lacks %q", key)
		}
	}
	for key := range texts {
		if notice, remedy := strings.CutSuffix(key, ".remedy"); remedy && strings.HasPrefix(key, "notice.") {
			key = notice // few notices have a remedy
		}
		if !used[key] && !strings.HasPrefix(key, "fyne.") { // Fyne's texts have their own test
			t.Errorf("nothing uses %q", key)
		}
	}
}

// choicesOfTargets returns the keys of the values that the fields of a target offer.
func choicesOfTargets() []string {
	keys := []string{targets.ValueKey(endpoint.AuthBasic), targets.ValueKey(endpoint.AuthBearer), targets.ValueKey(endpoint.AuthHeader)}
	for prefix, values := range map[string][]string{
		"auth.":        {"as_target", "none", endpoint.AuthBasic, endpoint.AuthBearer, endpoint.AuthHeader, endpoint.AuthQuery},
		"body.":        {"none", endpoint.BodyJSON, endpoint.BodyForm, endpoint.BodyText},
		"http.":        {"default", endpoint.HTTP1, endpoint.HTTP2},
		"min_tls.":     {"default", "1.2", "1.3"},
		"proxy.":       {"default", endpoint.NoProxy, "url"},
		"compression.": {"default", endpoint.CompressionAll},
		"redirects.":   {"default", endpoint.ShowRedirects},
	} {
		for _, v := range values {
			keys = append(keys, prefix+v)
		}
	}
	return keys
}

// problemCodes returns every ProblemCode in the source code.
func problemCodes(t *testing.T) []string {
	t.Helper()
	var codes []string
	for _, pattern := range []string{"../client/endpoint/*.go", "targets/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`ProblemCode\s+= "(\w+)"`).FindAllStringSubmatch(string(data), -1) {
				codes = append(codes, m[1])
			}
		}
	}
	return codes
}
