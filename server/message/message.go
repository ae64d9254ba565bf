package message

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/tmaxmax/go-sse"
)

const (
	// MaxRetry is the longest reconnection time that can be sent.
	MaxRetry = 24 * time.Hour
	// MaxClientID is the maximum length of a clientId in bytes.
	MaxClientID = 256
	// Everybody, in the place of a clientId, means every known clientId.
	Everybody = "*"
)

// Message is an event to send or, with NoData, a block that no EventSource dispatches.
type Message struct {
	// To has the clientIds of the recipients. Empty means all that are known.
	To []string
	// Data is the event's data. CR and CRLF in it arrive as LF.
	Data   string
	NoData bool
	// Type is the event's type, without line ends. Empty means "message".
	Type string
	// ID replaces the id that the server would assign. It must not contain line ends or
	// NUL. A subscriber that reconnects with it continues after this message, while that
	// is stored, but is not recognized as the same session.
	ID string
	// Retry is the reconnection time, in whole milliseconds. If 0, none is sent.
	Retry time.Duration
	// Comment precedes the data. If empty, none is sent.
	Comment string
}

// Check returns an error if m has no wire form.
func (m Message) Check() error {
	switch {
	case m.Retry < 0 || m.Retry > MaxRetry || m.Retry%time.Millisecond != 0:
		return errors.New("server: the reconnection time must be whole milliseconds, at most a day")
	case strings.ContainsAny(m.ID, "\r\n\x00"):
		return errors.New("server: an id must not contain a line end or NUL")
	}
	if m.Type != "" {
		if _, err := sse.NewType(m.Type); err != nil {
			return errors.New("server: an event type must not contain a line end")
		}
	}
	return nil
}

// Encode writes the wire form of m, without the id line, to w. If m has nothing else it
// writes a blank line. m must have passed Check. The error is that of w.
func (m Message) Encode(w io.Writer) error {
	var out sse.Message
	if m.Type != "" {
		out.Type = sse.Type(m.Type)
	}
	out.Retry = m.Retry
	out.AppendComment(m.Comment)
	if !m.NoData {
		appendData(&out, m.Data)
	}
	n, err := out.WriteTo(w)
	if n == 0 && err == nil {
		_, err = io.WriteString(w, "\n")
	}
	return err
}

// appendData adds content as data. AppendData ignores empty content and a line end at
// the end, so those get one more line end. After CR that must be another CR, as LF would
// only complete a CRLF.
func appendData(m *sse.Message, content string) {
	switch {
	case strings.HasSuffix(content, "\r"):
		content += "\r"
	case content == "" || strings.HasSuffix(content, "\n"):
		content += "\n"
	}
	m.AppendData(content)
}

// CheckClientID returns what is wrong with a clientId, such as "is missing", or "".
func CheckClientID(id string) string {
	switch {
	case id == "":
		return "is missing"
	case len(id) > MaxClientID:
		return fmt.Sprintf("exceeds %d bytes", MaxClientID)
	case strings.ContainsFunc(id, unicode.IsControl):
		return "contains control characters"
	}
	return ""
}

// Beginning returns s, shortened if it is too long to be quoted in a log or a response.
func Beginning(s string) string {
	const most = 256
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// Sending sends one message to a clientId, or to [Everybody], if every recipient has room
// for it. It returns the number of sessions that it reached, and whether there was room.
type Sending func(clientID string) (reached int, room bool)
