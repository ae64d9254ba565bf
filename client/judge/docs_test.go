package judge

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

const page = "../../docs/findings.md"

const pageHead = `# What the judge finds

The console and ` + "`sseconsole check URL`" + ` judge every stream while it runs. This page lists all that they find, as they say it: what was
seen, why it matters, and what to do. A finding is an error if a client loses or misreads something or will, a warning if it will under usual
conditions, and advice otherwise; ` + "`check`" + ` exits with 1 from a warning upwards. Each finding comes with an example that has the fault and with a near miss that has not.

The examples show the body as it comes, a line for each chunk, with ` + "`\\n`" + ` for a line feed; what is in brackets is not part of the body.
A source in HTML is a section of the [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html).
Unless an example says otherwise the response is ` + "`HTTP/1.1 200`" + ` with ` + "`Content-Type: text/event-stream`" + ` and ` + "`Cache-Control: no-cache`" + `.

This page is made from the code: ` + "`go test ./client/judge -update`" + ` writes it.
`

var update = flag.Bool("update", false, "write the page of findings")

func TestPageOfFindingsIsUpToDate(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(pageHead)
	texts := catalogue(t, "en")
	for _, f := range Findings() {
		p := newPlayer(t)
		p.play(f.Fires)
		seen := ""
		for _, problem := range p.problems {
			if problem.Type == f.Code {
				seen = problem.Data
				break
			}
		}
		say := func(part string) string { return word(t, texts["problem."+f.Code+part], seen) }
		fmt.Fprintf(&b, "\n## %s\n\n%s %s: %s\n\n- Why it matters: %s\n- What to do: %s\n- Source: %s\n", f.Code, f.Severity.Mark(), f.Severity, say(""), say(".why"), say(".do"), f.Source)
		fmt.Fprintf(&b, "\nFound in\n\n```text\n%s```\n\nand not in\n\n```text\n%s```\n", describe(f.Fires), describe(f.Silent))
	}
	if *update {
		if err := os.WriteFile(page, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(old, b.Bytes()) {
		t.Errorf("%s is stale (%v): write it by go test ./client/judge -update", page, err)
	}
}

// describe shows an example to people.
func describe(example Example) string {
	var b strings.Builder
	for _, step := range example {
		name, value, _ := strings.Cut(step, " ")
		switch name {
		case "@header":
			fmt.Fprintf(&b, "[header %s]\n", value)
		case "@http":
			fmt.Fprintf(&b, "[HTTP/%s]\n", value)
		case "@more":
			b.WriteString("[the compressed data ends, and more comes]\n")
		case "@odd":
			fmt.Fprintf(&b, "[in the head %s]\n", value)
		case "@origin":
			fmt.Fprintf(&b, "[a page of %s]\n", value)
		case "@ask":
			fmt.Fprintf(&b, "[the request has Accept-Encoding: %s]\n", value)
		case "@redirect":
			fmt.Fprintf(&b, "[redirected to %s]\n", value)
		case "@wait":
			fmt.Fprintf(&b, "[nothing for %s]\n", value)
		case "@asked":
			b.WriteString("[the request is made, and its response comes with what follows a wait]\n")
		case "@method":
			fmt.Fprintf(&b, "[the requests are made by %s]\n", value)
		case "@down":
			fmt.Fprintf(&b, "[the request gets no response: %s]\n", value)
		case "@cut":
			fmt.Fprintf(&b, "[the network ends the stream: %s]\n", value)
		case "@status":
			fmt.Fprintf(&b, "[the request is answered by %s]\n", value)
		case "@end":
			b.WriteString("[the server ends the stream]\n")
		case "@again":
			b.WriteString("[the server ends the stream, and all this comes another 9 times]\n")
		case "@rival":
			b.WriteString("[another subscription connects, and the server ends this one; now the other is this one]\n")
		default:
			quoted := fmt.Sprintf("%q", step)
			fmt.Fprintf(&b, "%s\n", strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`))
		}
	}
	return b.String()
}
