package export

import (
	"bufio"
	"cmp"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sseconsole/client/record"
)

// Records is a sequence of records in order. A record is valid until the next step
// of the iteration.
type Records = iter.Seq[*record.Record]

// NDJSON writes each record as a line of JSON, see docs/ndjson.md.
func NDJSON(w io.Writer, records Records) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var line []byte
	for r := range records {
		line = r.AppendNDJSON(line[:0])
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Text writes for each record the line that line returns.
func Text(w io.Writer, records Records, line func(*record.Record) string) error {
	out := bufio.NewWriterSize(w, 64<<10)
	for r := range records {
		_, _ = out.WriteString(line(r))
		if err := out.WriteByte('\n'); err != nil { // the first error is sticky
			return err
		}
	}
	return out.Flush()
}

// csvHeader has the names of the columns, which are those of docs/ndjson.md.
const csvHeader = "seq,time,kind,call,target,client_id,connection,type,id,data,method,url,status,content_type," +
	"took_ms,delay_ms,by,events,bytes,failure,detail,offset,raw"

// CSV writes a table for spreadsheets by RFC 4180: a row of names, then a row for
// each record. It begins with a byte order mark, without which Excel misreads
// everything but ASCII. A text from outside that begins with = + - @, a tab or a
// carriage return is preceded by an apostrophe, since a spreadsheet would run it as
// a formula. Bytes that are not UTF-8 become U+FFFD, and NUL becomes U+2400.
// Programs should read NDJSON, which loses nothing.
func CSV(w io.Writer, records Records) error {
	c := csvWriter{out: bufio.NewWriterSize(w, 64<<10)}
	_, _ = c.out.WriteString("\ufeff" + csvHeader + "\r\n")
	for r := range records {
		c.number(r.Seq, true)
		c.plain(r.Time.Format(time.RFC3339Nano))
		c.plain(r.Kind.String())
		c.plain(r.Call.String())
		c.text(r.Target)
		c.text(r.ClientID)
		c.number(int64(r.Conn), false)
		c.text(r.Type)
		c.text(r.ID)
		c.text(r.Data)
		c.text(r.Method)
		c.text(cmp.Or(r.URL, r.Subject))
		c.number(int64(r.Status), false)
		c.text(r.ContentType)
		c.milliseconds(r.Took, false)
		c.milliseconds(r.Delay, r.Kind == record.Reconnect || r.Kind == record.Retry)
		c.text(string(r.By))
		c.number(r.Events, false)
		c.number(r.Bytes, false)
		c.text(string(r.Failure))
		c.text(r.Detail)
		c.number(r.Offset, len(r.Raw) > 0)
		c.text(string(r.Raw))
		c.begun = false
		if _, err := c.out.WriteString("\r\n"); err != nil {
			return err
		}
	}
	return c.out.Flush()
}

// csvWriter writes cells. encoding/csv would change line ends within them.
type csvWriter struct {
	out   *bufio.Writer // its first error is sticky
	begun bool          // this row has a cell
}

func (c *csvWriter) plain(cell string) {
	if c.begun {
		_ = c.out.WriteByte(',')
	}
	c.begun = true
	_, _ = c.out.WriteString(cell)
}

func (c *csvWriter) number(n int64, required bool) {
	if n == 0 && !required {
		c.plain("")
		return
	}
	c.plain(strconv.FormatInt(n, 10))
}

func (c *csvWriter) milliseconds(d time.Duration, required bool) {
	if d == 0 && !required {
		c.plain("")
		return
	}
	c.plain(strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64))
}

func (c *csvWriter) text(cell string) {
	if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
		cell = "'" + cell
	}
	if !utf8.ValidString(cell) {
		cell = strings.ToValidUTF8(cell, "\ufffd")
	}
	cell = strings.ReplaceAll(cell, "\x00", "\u2400")
	if strings.ContainsAny(cell, ",\"\r\n") {
		cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	c.plain(cell)
}
