package cli

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sseconsole/client/judge"
)

// reported runs a check that writes both files.
func reported(t *testing.T, args ...string) (status int, junit, sarif []byte) {
	t.Helper()
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "junit.xml"), filepath.Join(dir, "out.sarif")}
	status, _, _ = checked(t, append(args, "-junit", files[0], "-sarif", files[1])...)
	for i, to := range []*[]byte{&junit, &sarif} {
		data, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		*to = data
	}
	return status, junit, sarif
}

// evilStream has an error, a warning and advice, and bytes that XML and JSON cannot have
// as they are.
const evilStream = "data: {\"n\":1}\nb\x1b]]>\xff<&\"\u202e\n\ndata: {\"n\":2\n\nretry: 1\n\n"

// variants are checks of every outcome.
func variants(t *testing.T) map[string][]string {
	broken := streamServer(t, "text/event-stream", evilStream)
	baseline := filepath.Join(t.TempDir(), "baseline")
	_, found, _ := checked(t, streamServer(t, "text/event-stream", "data: a\nb\n\n"), "-json")
	if err := os.WriteFile(baseline, []byte(found), 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string][]string{
		"good":      {streamServer(t, "text/event-stream", "id: 1\ndata: a\n\n")},
		"broken":    {broken + "/?a=%zz&token=s3cr3t&c={}"},
		"weighed":   {broken, "-ignore", "invalid_utf8", "-baseline", baseline, "-min-events", "9", "-until", ".never"},
		"no stream": {"http://127.0.0.1:1/"},
		"a page":    {streamServer(t, "text/html", "<html>")},
		"chinese":   {broken, "-lang", "zh"},
	}
}

func TestSARIFIsValid(t *testing.T) {
	noTargets(t)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range variants(t) {
		status, _, sarif := reported(t, args...)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(sarif))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v\n%s", name, err, sarif)
		}
		var log sarifLog
		if err := json.Unmarshal(sarif, &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		for _, r := range run.Results {
			if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
				t.Errorf("%s: the rule of %s is %s", name, r.RuleID, got)
			}
		}
		if got := run.Invocations[0]; got.ExitCode != status || got.Successful != (name != "no stream" && name != "a page") {
			t.Errorf("%s: the invocation is %+v", name, got)
		}
		if bytes.Contains(sarif, []byte("s3cr3t")) {
			t.Errorf("%s tells a secret", name)
		}
	}
}

func TestSARIFTellsWhatIsNewKnownAndIgnored(t *testing.T) {
	noTargets(t)
	_, _, sarif := reported(t, variants(t)["weighed"]...)
	var log sarifLog
	if err := json.Unmarshal(sarif, &log); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range log.Runs[0].Results {
		got[r.RuleID] = r.Level + " " + r.Baseline + strings.Repeat(" suppressed", len(r.Suppressions))
	}
	for code, want := range map[string]string{
		"no_field": "error unchanged", "invalid_utf8": "error new suppressed", "min-events": "error new", "until": "error new",
	} {
		if got[code] != want {
			t.Errorf("%s is %q, want %q", code, got[code], want)
		}
	}
}

// readJUnit reads JUnit XML as Jenkins and GitLab do, by names alone.
func readJUnit(t *testing.T, text []byte) (counts map[string]string, cases map[string]string) {
	t.Helper()
	counts, cases = map[string]string{}, map[string]string{}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	var at []string
	name := ""
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return counts, cases
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		switch e := token.(type) {
		case xml.StartElement:
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			switch at = append(at, e.Name.Local); strings.Join(at, " ") {
			case "testsuites testsuite":
				maps.Copy(counts, attributes)
			case "testsuites testsuite testcase":
				name = attributes["name"]
				cases[name] = "passed"
				if attributes["classname"] == "" || attributes["time"] == "" {
					t.Errorf("%s has %v", name, attributes)
				}
			case "testsuites testsuite testcase failure", "testsuites testsuite testcase error", "testsuites testsuite testcase skipped":
				cases[name] = e.Name.Local
				if attributes["message"] == "" {
					t.Errorf("%s says nothing", name)
				}
			}
		case xml.EndElement:
			at = at[:len(at)-1]
		}
	}
}

func TestJUnitHasATestForEachFindingAndDemand(t *testing.T) {
	noTargets(t)
	all := variants(t)
	for name, want := range map[string]struct {
		cases                     map[string]string
		failures, errors, skipped string
		tests                     int
	}{
		"good":      {map[string]string{"stream": "passed", "no_field": "passed"}, "0", "0", "0", 1 + len(judge.Findings())},
		"no stream": {map[string]string{"stream": "error", "no_field": ""}, "0", "1", "0", 1},
		"a page":    {map[string]string{"stream": "error", "content_type": "failure", "no_field": ""}, "2", "1", "0", 3},
		"weighed": {map[string]string{
			"stream": "passed", "no_field": "skipped", "invalid_utf8": "skipped", "json_cut": "passed", "min-events": "failure", "until": "failure",
		}, "", "0", "2", 3 + len(judge.Findings())},
	} {
		status, junit, _ := reported(t, all[name]...)
		counts, cases := readJUnit(t, junit)
		for code, result := range want.cases {
			if cases[code] != result {
				t.Errorf("%s: %s %s, want %s", name, code, cases[code], result)
			}
		}
		if len(cases) != want.tests || counts["errors"] != want.errors || counts["skipped"] != want.skipped || want.failures != "" && counts["failures"] != want.failures {
			t.Errorf("%s: %d tests, %v", name, len(cases), counts)
		}
		if failed := counts["failures"] != "0" || counts["errors"] != "0"; failed != (status != 0) {
			t.Errorf("%s: status %d, %v", name, status, counts)
		}
	}
	_, junit, _ := reported(t, all["broken"]...)
	if !strings.Contains(string(junit), `Where: connection 1, from byte 14`) || strings.Contains(string(junit), "s3cr3t") {
		t.Errorf("%s", junit)
	}
}

func TestAFileThatCannotBeWrittenIsSaid(t *testing.T) {
	noTargets(t)
	good := streamServer(t, "text/event-stream", "id: 1\ndata: a\n\n")
	for _, flag := range []string{"-junit", "-sarif"} {
		if status, stdout, stderr := checked(t, good, flag, filepath.Join(t.TempDir(), "none", "file")); status != 2 || !strings.Contains(stderr, flag+": open ") || !strings.Contains(stdout, "No findings") {
			t.Errorf("%s: status %d, %s%s", flag, status, stdout, stderr)
		}
	}
}

func TestAnAddressInSARIFIsAURI(t *testing.T) {
	for address, want := range map[string]string{
		"http://h/a%20b?c=%zz&d=%": "http://h/a%20b?c=%25zz&d=%25", "http://•••@h/\"<{": "http://%E2%80%A2%E2%80%A2%E2%80%A2@h/%22%3C%7B",
	} {
		if got := sarifURI(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
