package export

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// Names of the files in a bundle.
const (
	bundleRecords      = "records.ndjson"
	bundleReport       = "report.html"
	bundleHeaders      = "headers.txt"
	bundleFindings     = "problems.json"
	bundleFindingsText = "problems.txt"
	bundleRaw          = "raw/"
)

// Words words a report in the user's language.
type Words interface {
	// T returns a text of the report itself. The pairs are names and values.
	T(key string, pairs ...any) string
	// Language returns the language's code for HTML.
	Language() string
	// Target returns the name of a target.
	Target(name string) string
	// Summary returns a line about a record.
	Summary(r *record.Record) string
	// Kind returns the word for a kind of record.
	Kind(k record.Kind) string
	// Severity returns the mark and the word for the severity of a finding.
	Severity(code string) string
	// Why returns why the finding with this code matters, Do what to do about it.
	Why(code string) string
	Do(code string) string
	// Events, Duration and Size word a number of events, a duration and a number of bytes.
	Events(n int64) string
	Duration(d time.Duration) string
	Size(n int64) string
}

// BundleConfig configures Bundle.
type BundleConfig struct {
	Words   Words
	Mask    *Mask     // lists the masked names in the report; the records are masked already
	Created time.Time // the same records and time give the same bytes
	Version string    // of the program
	Dir     string    // for a temporary file, as large as the raw bytes; "" means the system's default
}

// Bundle writes evidence: a zip file with the records, the raw bytes of each
// connection, the headers, the findings, and a report for any browser, which needs
// no network.
func Bundle(w io.Writer, records Records, cfg BundleConfig) error {
	spool, err := newSpool(cfg.Dir)
	if err != nil {
		return err
	}
	defer spool.close()
	b := bundle{zip: zip.NewWriter(w), cfg: cfg, sum: newSummary()}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 3) })

	entry, err := b.create(bundleRecords)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(entry, 64<<10)
	var line []byte
	for r := range records {
		line = r.AppendNDJSON(line[:0])
		if _, err := out.Write(line); err != nil {
			return err
		}
		if err := spool.add(r); err != nil {
			return err
		}
		b.sum.add(r)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := spool.finish(); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return b.raw(spool) },
		func() error { return b.write(bundleHeaders, b.headers) },
		func() error { return b.write(bundleFindings, b.findingsJSON) },
		func() error { return b.write(bundleFindingsText, b.findingsText) },
		func() error { return b.write(bundleReport, b.report) },
		b.zip.Close,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type bundle struct {
	zip *zip.Writer
	cfg BundleConfig
	sum *summary
}

func (b *bundle) create(name string) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.cfg.Created.UTC()})
}

func (b *bundle) write(name string, fill func(io.Writer) error) error {
	entry, err := b.create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(entry)
	if err := fill(out); err != nil {
		return err
	}
	return out.Flush()
}

// raw writes a file with the raw bytes for each connection.
func (b *bundle) raw(s *spool) error {
	for i, c := range s.order {
		name := fmt.Sprintf("%s%04d-%s-%d.txt", bundleRaw, i+1, fileName(c.connection.clientID), c.connection.conn)
		if l := b.sum.known[c.connection]; l != nil {
			l.file = name
		}
		err := b.write(name, func(w io.Writer) error {
			_, err := io.Copy(w, s.reader(c))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fileName makes part of a file name from any text.
func fileName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, text)
	return name[:min(len(name), 32)]
}

// headers writes the requests and responses, with headers as their version of HTTP
// writes them.
func (b *bundle) headers(w io.Writer) error {
	words := b.cfg.Words
	for _, c := range b.sum.connections {
		fmt.Fprintln(w, "#", words.T("report.headers_of", "Conn", c.connection.conn, "ClientID", visible.Quote(c.connection.clientID),
			"Target", visible.Quote(words.Target(c.connection.target)), "Subscription", c.connection.sub+1))
		proto := ""
		if c.response != nil {
			proto = c.response.Proto
		}
		if r := c.request; r != nil {
			fmt.Fprintf(w, "# %s\n%s %s\n", r.Time.Format(time.RFC3339Nano), r.Method, r.URL)
			writeFields(w, r.Fields(proto))
		}
		if r := c.response; r != nil {
			fmt.Fprintf(w, "\n# %s\n%s %d\n", r.Time.Format(time.RFC3339Nano), r.Proto, r.Status)
			writeFields(w, r.Fields(proto))
		}
		fmt.Fprintln(w)
	}
	if b.sum.others > 0 {
		fmt.Fprintln(w, "#", words.T("report.more", "N", b.sum.others))
	}
	return nil
}

func writeFields(w io.Writer, fields []record.Field) {
	for _, f := range fields {
		fmt.Fprintf(w, "%s: %s\n", f.Name, f.Value)
	}
}

// finding is a finding in problems.json.
type finding struct {
	Code     string    `json:"code"`
	Severity string    `json:"severity"`
	Time     time.Time `json:"time"`
	Target   string    `json:"target"`
	ClientID string    `json:"client_id"`
	Conn     int       `json:"connection"`
	Offset   int64     `json:"offset"` // position of the bytes at fault in the connection
	Raw      []byte    `json:"raw_base64,omitempty"`
	Seen     string    `json:"seen,omitempty"`
	What     string    `json:"what"`
	Why      string    `json:"why"`
	Do       string    `json:"do"`
}

func (b *bundle) findingsJSON(w io.Writer) error {
	list := []finding{}
	for i := range b.sum.findings {
		r := &b.sum.findings[i]
		list = append(list, finding{r.Type, judge.SeverityOf(r.Type).String(), r.Time, r.Target, r.ClientID, r.Conn, r.Offset, r.Raw, r.Data,
			b.cfg.Words.Summary(r), b.cfg.Words.Why(r.Type), b.cfg.Words.Do(r.Type)})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(map[string]any{"problems": list, "more": b.sum.otherFindings})
}

// findingsText writes the findings as text.
func (b *bundle) findingsText(w io.Writer) error {
	words := b.cfg.Words
	if len(b.sum.findings) == 0 {
		fmt.Fprintln(w, words.T("report.no_problems"))
	}
	for i := range b.sum.findings {
		r := &b.sum.findings[i]
		fmt.Fprintf(w, "%s  %s  %s #%d\n%s: %s\n%s\n%s\n\n", r.Time.Format(timeLayout), words.Target(r.Target), r.ClientID, r.Conn,
			words.Severity(r.Type), words.Summary(r), words.Why(r.Type), words.Do(r.Type))
	}
	if n := b.sum.otherFindings; n > 0 {
		fmt.Fprintln(w, words.T("report.more", "N", n))
	}
	return nil
}

const timeLayout = "2006-01-02 15:04:05.000"
