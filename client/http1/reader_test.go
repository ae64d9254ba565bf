package http1

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// read returns the response and the body that net/http reads from r.
func read(t *testing.T, r io.Reader, method string) (*http.Response, string, error) {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(r), &http.Request{Method: method})
	if err != nil {
		return nil, "", err
	}
	body, err := io.ReadAll(response.Body)
	return response, string(body), err
}

func TestReadsWhatChromiumReads(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
	for name, test := range map[string]struct{ wire, odd string }{
		"plain":                       {ok + "Content-Length: 3\r\n\r\nabc", ""},
		"to the end":                  {ok + "\r\nabc", ""},
		"chunked":                     {ok + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n2\r\nbc\r\n0\r\nTrailer: x\r\n\r\n", ""},
		"chunk sizes with blanks":     {ok + "Transfer-Encoding: chunked\r\n\r\n3  \r\nabc\r\n0\r\n\r\n", ""},
		"chunk lines end with LF":     {ok + "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n", ""},
		"head lines end with LF":      {strings.ReplaceAll(ok, "\r", "") + "\nabc", ""},
		"chunked twice":               {ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", `Transfer-Encoding is "chunked, chunked"`},
		"identity":                    {ok + "Transfer-Encoding: identity\r\n\r\nabc", `Transfer-Encoding is "identity"`},
		"no colon":                    {ok + "left over\r\nContent-Length: 3\r\n\r\nabc", `the line "left over" has no colon`},
		"blank before the colon":      {"HTTP/1.1 200 OK\r\nContent-Type \t: text/event-stream\r\n\r\nabc", "whitespace before the colon of Content-Type"},
		"no name":                     {ok + ": x\r\n\r\nabc", `"" is not a valid header name`},
		"name with a blank":           {ok + "X Y: x\r\n\r\nabc", `"X Y" is not a valid header name`},
		"control character":           {ok + "X: a\x01b\r\n\r\nabc", "X contains a control character"},
		"text before the status line": {"\r\n" + ok + "\r\nabc", `"\r\n" precedes the status line`},
		"folded":                      {"HTTP/1.1 200 OK\r\nContent-Type:\r\n text/event-stream\r\n\r\nabc", ""},
		"folded status line":          {"HTTP/1.1 200 OK\r\n and more\r\nContent-Type: text/event-stream\r\n\r\nabc", ""},
		"no reason":                   {"HTTP/1.1 200\r\nContent-Type: text/event-stream\r\n\r\nabc", ""},
		"no status":                   {"HTTP/1.1 OK\r\nContent-Type: text/event-stream\r\n\r\nabc", `the status line "HTTP/1.1 OK" has no status`},
		"lower case":                  {"http/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nabc", ""},
		"later version":               {"HTTP/3.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\nabc", ""},
		"HTTP/1.0 has no chunks":      {strings.Replace(ok, "1.1", "1.0", 1) + "Transfer-Encoding: chunked\r\n\r\nabc", ""},
		"length twice":                {ok + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", ""},
		"length in words":             {ok + "Content-Length: three\r\n\r\nabc", `Content-Length is "three"`},
		"length and chunks":           {ok + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "both Content-Length and Transfer-Encoding: chunked are set"},
		"after 103":                   {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok + "\r\nabc", ""},
	} {
		for how, wrap := range map[string]func(io.Reader) io.Reader{
			"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader, "error with the data": iotest.DataErrReader,
		} {
			r := NewReader(wrap(strings.NewReader(test.wire)))
			var wire io.Reader = r
			if strings.Contains(name, "103") { // http.ReadResponse returns it as a response
				b := bufio.NewReader(r)
				if _, err := http.ReadResponse(b, nil); err != nil {
					t.Fatal(err)
				}
				wire = b
			}
			response, body, err := read(t, wire, "GET")
			if err != nil || body != "abc" || response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" {
				t.Errorf("%s, %s: got %+v, body %q, error %v", name, how, response, body, err)
			}
			var want []string
			if test.odd != "" {
				want = []string{test.odd}
			}
			if got := r.Head().Odd; !slices.Equal(got, want) {
				t.Errorf("%s: odd is %q, want %q", name, got, want)
			}
		}
	}
}

func TestErrorSaysHowTheBodyBroke(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\n"
	const chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
	for name, test := range map[string]struct {
		wire, body string
		want       Break
	}{
		"no last chunk":         {chunked + "3\r\nabc\r\n", "abc", Break{Why: NoLastChunk}},
		"within a chunk":        {chunked + "5\r\nabc", "abc", Break{Why: NoLastChunk}},
		"within the last chunk": {chunked + "3\r\nabc\r\n0\r\n", "abc", Break{Why: NoLastChunk}},
		"no size":               {chunked + "3\r\nabc\r\nZZ\r\n", "abc", Break{Why: BadChunk, Bad: "ZZ"}},
		"no chunks at all":      {chunked + "data: x\n\n", "", Break{Why: BadChunk, Bad: "data: x"}},
		"chunk too long":        {chunked + "3\r\nabcdef\r\n", "abc", Break{Why: BadChunk, Bad: "def"}},
		"negative":              {chunked + "-3\r\nabc\r\n", "", Break{Why: BadChunk, Bad: "-3"}},
		"short":                 {head + "Content-Length: 9\r\n\r\nabc", "abc", Break{Why: ShortLength, Got: 3, Of: 9}},
	} {
		_, body, err := read(t, NewReader(strings.NewReader(test.wire)), "GET")
		var got *Break
		if !errors.As(err, &got) || *got != test.want || body != test.body {
			t.Errorf("%s: body %q, error %v", name, body, err)
		}
	}
}

func TestHeadThatChromiumRefusesIsRefused(t *testing.T) {
	for name, wire := range map[string]string{
		"two lengths": "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
		"NUL":         "HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
		"four digits": "HTTP/1.1 2000 OK\r\n\r\n",
		"two digits":  "HTTP/1.1 20 OK\r\n\r\n",
		"two places":  "HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n\r\n",
		"endless":     "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", maxHead),
	} {
		_, _, err := read(t, NewReader(strings.NewReader(wire)), "GET")
		var want *HeadError
		if !errors.As(err, &want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCutHeadIsReadAndThenBreaks(t *testing.T) {
	response, _, err := read(t, NewReader(strings.NewReader("HTTP/1.1 200 OK\r\nX: a\r\n")), "GET")
	if response == nil || response.Header.Get("X") != "a" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %+v, %v", response, err)
	}
}

func TestResponsesFollowEachOther(t *testing.T) {
	r := NewReader(strings.NewReader("HTTP/1.1 204 No Content\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\n" +
		"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" +
		"HTTP/1.1 205 Reset Content\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nb"))
	wire := bufio.NewReaderSize(r, 16) // so that it reads no further than it must
	var got []string
	for _, method := range []string{"GET", "GET", "HEAD", "GET", "GET"} {
		r.Wrote([]byte(method + " / HTTP/1.1\r\n"))
		response, err := http.ReadResponse(wire, &http.Request{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(body))
	}
	if want := []string{"", "a", "", "", "b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnrequestedBytesEndTheConnection(t *testing.T) {
	const response = "HTTP/1.1 204 No Content\r\n\r\n"
	got, err := io.ReadAll(NewReader(strings.NewReader(response + "data: more\n\n")))
	if err != nil || strings.Contains(string(got), "more") {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestOtherProtocolsPassUnchanged(t *testing.T) {
	for _, text := range []string{"\x15\x03\x01\x00\x02\x02\x16", "SSH-2.0-OpenSSH_9.2\r\n", "abc"} {
		if got, err := io.ReadAll(NewReader(strings.NewReader(text))); string(got) != text || err != nil {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
	r := NewReader(strings.NewReader("HTTP/1.1 200 OK\r\n\r\n\x16\x03\x03 HTTP/1.1 200 OK\r\n\r\n"))
	r.Wrote([]byte("CONNECT example.test:443 HTTP/1.1\r\n"))
	if got, err := io.ReadAll(r); err != nil || !strings.HasSuffix(string(got), "\x16\x03\x03 HTTP/1.1 200 OK\r\n\r\n") {
		t.Errorf("through a tunnel came %q, %v", got, err)
	}
}

// FuzzReader checks that net/http can read the output of a Reader, and that it does
// not depend on how the input is split.
func FuzzReader(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n")
	f.Add("\nHTTP/1.1 200\nContent-Length : 3\nno colon\n\nabc")
	f.Add("HTTP/1.1 304 x\r\nTransfer-Encoding: x, chunked\r\n\r\n")
	f.Fuzz(func(t *testing.T, wire string) {
		whole, err := io.ReadAll(NewReader(strings.NewReader(wire)))
		pieces, err2 := io.ReadAll(NewReader(iotest.OneByteReader(strings.NewReader(wire))))
		if (err == nil) != (err2 == nil) {
			t.Fatalf("at once %v, byte by byte %v", err, err2)
		}
		one, body, readErr := read(t, strings.NewReader(string(whole)), "GET")
		two, body2, readErr2 := read(t, strings.NewReader(string(pieces)), "GET")
		if (one == nil) != (two == nil) || body != body2 || (readErr == nil) != (readErr2 == nil) {
			t.Fatalf("at once %q (%v), byte by byte %q (%v)", body, readErr, body2, readErr2)
		}
		start := statusLine([]byte(wire[:min(len(wire), slop+len(protocol))]))
		if err == nil && one == nil && start >= 0 && wire != string(whole) {
			t.Fatalf("net/http does not read %q: %v", whole, readErr)
		}
	})
}
