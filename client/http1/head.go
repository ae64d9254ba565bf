package http1

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// readHead reads a head and puts it into out in the form that net/http accepts.
func (r *Reader) readHead() error {
	raw, err := r.rawHead()
	if err != nil {
		return err
	}
	start := statusLine(raw)
	if start < 0 { // not HTTP, or the bytes of a tunnel: leave the error to net/http
		r.out, r.state = raw, r.raw
		return nil
	}
	h := headParser{head: raw[start:]}
	if start > 0 {
		h.odd("%q precedes the status line", raw[:start])
	}
	if err := h.parse(); err != nil {
		return err
	}
	r.mu.Lock()
	method := r.method
	if h.status/100 != 1 {
		r.asked, r.method = false, ""
	}
	r.head = h.found
	r.mu.Unlock()
	r.out = h.out.Bytes()
	switch {
	case r.cut:
		r.state = func() error { return io.ErrUnexpectedEOF }
	case h.status == 101, method == "CONNECT" && h.status/100 == 2:
		r.state = r.raw
	case method == "HEAD", h.bodyless():
		r.state = r.readHead
	case h.chunked:
		r.state = r.readSize
	case h.length > 0:
		r.left, r.total, r.state = h.length, h.length, r.readLength
	case h.length == 0:
		r.state = r.readHead
	default:
		r.state = r.raw
	}
	return nil
}

// rawHead returns the bytes of a head, including the blank line that ends it. If
// they do not begin like a response, it returns what it has read.
func (r *Reader) rawHead() ([]byte, error) {
	var head []byte
	for {
		c, err := r.from.ReadByte()
		switch {
		case err == io.EOF && len(head) > 0 && statusLine(head) < 0:
			return head, nil
		case err == io.EOF && len(head) > 0: // Chromium accepts the cut head and then reports the break
			r.cut = true
			return head, nil
		case err != nil:
			return nil, err
		case len(head) == maxHead:
			return nil, &HeadError{fmt.Sprintf("the response head is larger than %d KiB", maxHead>>10)}
		}
		if head = append(head, c); len(head) == 1 && !r.isAsked() {
			return nil, io.EOF // unrequested bytes after the last response
		}
		if len(head) == slop+len(protocol) && statusLine(head) < 0 {
			return head, nil
		}
		if c == '\n' && (bytes.HasSuffix(head, []byte("\n\n")) || bytes.HasSuffix(head, []byte("\n\r\n"))) && statusLine(head) >= 0 {
			return head, nil
		}
	}
}

func (r *Reader) isAsked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked
}

const (
	slop     = 4 // bytes that may precede the status line, as in Chromium
	protocol = "HTTP"
)

// statusLine returns the index of the status line, -1 if there is none.
func statusLine(head []byte) int {
	for i := 0; i <= slop && i+len(protocol) <= len(head); i++ {
		if strings.EqualFold(string(head[i:i+len(protocol)]), protocol) {
			return i
		}
	}
	return -1
}

// headParser parses a head and writes the one for net/http to out.
type headParser struct {
	head  []byte
	out   bytes.Buffer
	found Head

	version int // 10 or 11
	status  int
	chunked bool
	length  int64 // of the body; -1 if unknown
	lengths []string
	single  map[string]string // the fields that may not be repeated with another value
}

func (h *headParser) odd(format string, args ...any) {
	const most = 8
	if len(h.found.Odd) < most {
		h.found.Odd = append(h.found.Odd, fmt.Sprintf(format, args...))
	}
}

func (h *headParser) parse() error {
	if i := bytes.IndexByte(h.head, 0); i >= 0 {
		return &HeadError{"the response head contains a NUL"}
	}
	lines := strings.FieldsFunc(string(h.head), func(c rune) bool { return c == '\r' || c == '\n' })
	if err := h.statusLine(lines[0]); err != nil {
		return err
	}
	h.length, h.single = -1, map[string]string{}
	for _, line := range unfold(lines[1:]) {
		if err := h.field(line); err != nil {
			return err
		}
	}
	return h.framing()
}

// statusLine writes the first line. A missing version becomes 1.0, a missing status
// 200.
func (h *headParser) statusLine(line string) error {
	rest := line[len(protocol):]
	h.version = 10
	version, after, _ := strings.Cut(rest, " ")
	if major, minor, ok := strings.Cut(strings.TrimPrefix(version, "/"), "."); ok && digits(major) && digits(minor) && (major > "1" || major == "1" && minor >= "1") {
		h.version = 11
	}
	after = strings.TrimLeft(after, " \t")
	end := 0
	for end < len(after) && '0' <= after[end] && after[end] <= '9' {
		end++
	}
	reason := strings.Trim(after[end:], " \t")
	switch status, err := strconv.Atoi(after[:end]); {
	case end == 0:
		h.odd("the status line %q has no status", short(line))
		h.status = 200
	case err != nil || status < 100 || status > 999:
		return &HeadError{fmt.Sprintf("invalid status %s", short(after[:end]))}
	default:
		h.status = status
	}
	fmt.Fprintf(&h.out, "HTTP/%d.%d %03d %s\r\n", h.version/10, h.version%10, h.status, clean(reason))
	return nil
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// unfold appends each line that begins with a space or tab to the line before it.
// It drops those that follow the status line.
func unfold(lines []string) []string {
	var fields []string
	for _, line := range lines {
		switch folded := line[0] == ' ' || line[0] == '\t'; {
		case !folded:
			fields = append(fields, line)
		case len(fields) > 0:
			fields[len(fields)-1] += " " + strings.Trim(line, " \t")
		}
	}
	return fields
}

func (h *headParser) field(line string) error {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		h.odd("the line %q has no colon", short(line))
		return nil
	}
	if trimmed := strings.TrimRight(name, " \t"); trimmed != name {
		h.odd("whitespace before the colon of %s", short(trimmed))
		name = trimmed
	}
	if !httpguts.ValidHeaderFieldName(name) {
		h.odd("%q is not a valid header name", short(name))
		return nil
	}
	value = strings.Trim(value, " \t")
	if cleaned := clean(value); cleaned != value {
		h.odd("%s contains a control character", name)
		value = cleaned
	}
	switch lower := strings.ToLower(name); lower {
	case "location", "content-disposition":
		if before, ok := h.single[lower]; ok && before != value {
			return &HeadError{fmt.Sprintf("%s is %q and %q", name, short(before), short(value))}
		}
		h.single[lower] = value
		fmt.Fprintf(&h.out, "%s: %s\r\n", name, value)
	case "transfer-encoding":
		h.found.TransferEncoding = append(h.found.TransferEncoding, value)
	case "content-length":
		h.lengths = append(h.lengths, value)
	default:
		fmt.Fprintf(&h.out, "%s: %s\r\n", name, value)
	}
	return nil
}

// framing determines how the body ends, and writes the end of the head.
func (h *headParser) framing() error {
	if codings := h.found.TransferEncoding; codings != nil {
		all := strings.Join(codings, ", ")
		for _, coding := range strings.Split(all, ",") {
			h.chunked = h.chunked || strings.EqualFold(strings.Trim(coding, " \t"), "chunked")
		}
		if h.chunked = h.chunked && h.version >= 11; !strings.EqualFold(all, "chunked") {
			h.odd("Transfer-Encoding is %q", short(all))
		}
	}
	for i, value := range strings.Split(strings.Join(h.lengths, ","), ",") {
		if h.lengths == nil {
			break
		}
		switch n, err := strconv.ParseUint(strings.Trim(value, " \t"), 10, 63); {
		case h.chunked && i == 0:
			h.odd("both Content-Length and Transfer-Encoding: chunked are set")
		case h.chunked:
		case err != nil:
			h.odd("Content-Length is %q", short(value))
		case h.length >= 0 && int64(n) != h.length:
			return &HeadError{fmt.Sprintf("Content-Length is %d and %d", h.length, n)}
		default:
			h.length = int64(n)
		}
	}
	switch {
	case h.status == 205: // net/http would read a body to the end of the connection
		h.out.WriteString("Content-Length: 0\r\n")
	case h.chunked && !h.bodyless():
		h.out.WriteString("Transfer-Encoding: chunked\r\n")
	case h.length >= 0:
		fmt.Fprintf(&h.out, "Content-Length: %d\r\n", h.length)
	}
	h.out.WriteString("\r\n")
	return nil
}

// bodyless reports whether the status means that no body follows.
func (h *headParser) bodyless() bool {
	return h.status/100 == 1 || h.status == 204 || h.status == 205 || h.status == 304
}

// clean replaces the control characters that net/http refuses by spaces.
func clean(value string) string {
	control := func(c byte) bool { return c < ' ' && c != '\t' || c == 0x7f }
	b := []byte(value)
	for i, c := range b {
		if control(c) {
			b[i] = ' '
		}
	}
	return string(b)
}
