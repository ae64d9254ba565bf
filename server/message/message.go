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
	// MaxClientID is how many bytes a clientId has at most.
	MaxClientID = 256
	// Everybody stands for every clientId where one is named.
	Everybody = "*"
)

// Message is something to send: one event, or with NoData a block that no
// EventSource dispatches.
type Message struct {
	// To are the clientIds it goes to; empty: all that are known.
	To []string
	// Data is the event's data. Its line ends arrive as line feeds.
	Data   string
	NoData bool
	// Type is the event's type; empty: "message". It has no line end.
	Type string
	// ID is an id to use instead of the server's own. It has no line end and no
	// NUL. A subscriber that comes back with it is not known as the one that it
	// was, but goes on behind this message while that is kept.
	ID string
	// Retry is the reconnection time, in whole milliseconds; 0: none is sent.
	Retry time.Duration
	// Comment goes before the data; empty: none.
	Comment string
}

// Check returns why m has no wire form, or nil.
func (m Message) Check() error {
	switch {
	case m.Retry < 0 || m.Retry > MaxRetry || m.Retry%time.Millisecond != 0:
		return errors.New("server: the reconnection time must be whole milliseconds, a day at most")
	case strings.ContainsAny(m.ID, "\r\n\x00"):
		return errors.New("server: an id has no line end and no NUL")
	}
	if m.Type != "" {
		if _, err := sse.NewType(m.Type); err != nil {
			return errors.New("server: an event type has no line end")
		}
	}
	return nil
}

// Encode writes the wire form of m, which has passed Check, to w, but for the
// line of its id. If m has nothing else, that is a blank line.
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

// appendData adds content exactly. AppendData takes a line end at its end away,
// and nothing adds nothing, so these get one more; it must not make CRLF of a CR.
func appendData(m *sse.Message, content string) {
	switch {
	case strings.HasSuffix(content, "\r"):
		content += "\r"
	case content == "" || strings.HasSuffix(content, "\n"):
		content += "\n"
	}
	m.AppendData(content)
}

// CheckClientID returns what is wrong with a clientId, empty if nothing is.
func CheckClientID(id string) string {
	switch {
	case id == "":
		return "is missing"
	case len(id) > MaxClientID:
		return fmt.Sprintf("exceeds %d bytes", MaxClientID)
	case strings.ContainsFunc(id, unicode.IsControl):
		return "has control characters"
	}
	return ""
}

// Beginning returns s, or the beginning of it if s would fill a log or an answer
// that quotes it.
func Beginning(s string) string {
	const most = 256
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// Sending sends one message to a clientId, or to [Everybody], but only if everyone
// that it goes to has room for it. It returns how many sessions it reached and
// whether there was room.
type Sending func(clientID string) (reached int, room bool)
