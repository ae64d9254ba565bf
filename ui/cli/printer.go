package cli

import (
	"errors"
	"io"
	"strconv"
	"sync"
	"time"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

// listening is what listen has beside what send and close do.
type listening struct {
	raw      bool
	judge    bool
	filter   *filter.Filter // nil prints all
	duration time.Duration  // 0 is any
	most     int64          // events; 0 is any number
	until    until
}

func (l *listening) options() []*option {
	return []*option{
		yes(&l.raw, "raw", "print the bytes of the stream as they come, and nothing else"),
		yes(&l.judge, "judge", "print findings about the stream, too, as check makes them"),
		newOption("filter", "LINE", "print only what matches this line of the log's filter, such as 'type:price jq:.price > 100' (docs/log.md)", func(s string) error {
			return parseFilter(&l.filter, "", s, "want a line as the log's filter takes it (docs/log.md)")
		}),
		duration(&l.duration, "how long to listen"),
		newOption("n", "N", "end after N events that match the filter", func(s string) (err error) {
			if l.most, err = strconv.ParseInt(s, 10, 64); err != nil || l.most < 1 {
				return errors.New("want a number from 1")
			}
			return nil
		}),
		l.until.option("end after the first event whose data this jq expression is true of; exit with 1 if none comes"),
	}
}

// printer writes records as they come.
type printer struct {
	*listening
	json  bool
	words wording.Words

	mu     sync.Mutex
	out    io.Writer
	seq    int64
	events int64 // that were printed
	open   bool  // some connection was a stream
	over   bool  // enough has come: only how it ends is printed
	err    error // of writing
	stop   func()
}

// take prints a record that the intake has let through.
func (p *printer) take(r record.Record) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil || r.Kind == record.Problem && !p.judge {
		return 0 // nobody asks for its number
	}
	p.seq++
	r.Seq = p.seq
	p.open = p.open || r.Kind == record.Open
	if p.over && r.Kind != record.End && r.Kind != record.Fail {
		return 0
	}
	if p.filter.Match(&r) {
		p.print(&r)
	}
	if p.until.take(&r) {
		p.over = true
	}
	if p.err != nil || p.over {
		p.stop()
	}
	return 0
}

func (p *printer) print(r *record.Record) {
	var out []byte
	switch {
	case p.raw && r.Kind == record.Chunk:
		out = r.Raw
	case p.raw:
	case p.json && r.Kind == record.Problem:
		out, p.err = findingLine(r, "", p.words)
	case p.json:
		out = visible.JSON(r.AppendNDJSON(nil))
	case r.Kind != record.Chunk: // the data of events shows what is in it
		out = []byte(p.words.ListenLine(r) + "\n")
	}
	if len(out) > 0 {
		_, p.err = p.out.Write(out)
	}
	if r.Kind == record.Event || r.Kind == record.Text {
		p.events++
		p.over = p.over || p.events == p.most
	}
}
