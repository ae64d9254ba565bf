package eventstream

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// decode returns the items of a stream that arrives in the given chunks, with
// copies of Raw. It checks their chunk numbers and then clears them.
func decode(t testing.TB, chunks ...string) []Item {
	t.Helper()
	var items []Item
	number := 0
	ends := []int64{0} // where the chunks end in the stream
	d := Decoder{Handle: func(i *Item) {
		first, _ := slices.BinarySearch(ends, i.Offset+1)
		if i.FirstChunk != first || i.LastChunk != number {
			t.Fatalf("%+v has other chunks than %d to %d of %q", i, first, number, chunks)
		}
		i.FirstChunk, i.LastChunk = 0, 0
		i.Raw = bytes.Clone(i.Raw)
		items = append(items, *i)
	}}
	for _, c := range chunks {
		if c != "" {
			number++
			ends = append(ends, ends[number-1]+int64(len(c)))
		}
		if n, err := d.Write([]byte(c)); n != len(c) || err != nil {
			t.Fatalf("Write(%q) = %d, %v", c, n, err)
		}
	}
	d.End()
	return items
}

func ignored(raw string, offset int64) Item {
	return Item{Kind: Ignored, Raw: []byte(raw), Offset: offset}
}

func event(typ, data, id, raw string, offset int64) Item {
	return Item{Kind: Event, Type: typ, Data: data, ID: id, Raw: []byte(raw), Offset: offset}
}

func TestDecoderItems(t *testing.T) {
	tests := []struct {
		name   string
		stream string
		want   []Item
	}{
		{"nothing", "", nil},
		{"blank lines only", "\n\r\n\r\n\n", nil},
		{"one leading space is removed", "data:  x\n\n", []Item{event("message", " x", "", "data:  x\n\n", 0)}},
		{"a tab is not a space", "data:\tx\n\n", []Item{event("message", "\tx", "", "data:\tx\n\n", 0)}},
		{"several data lines", "data:a\ndata\ndata: b\n\n", []Item{event("message", "a\n\nb", "", "data:a\ndata\ndata: b\n\n", 0)}},
		{"field names are exact", "Data:x\n data:y\ndata :z\n\n", []Item{ignored("Data:x\n data:y\ndata :z\n\n", 0)}},
		{"the last event type wins, an empty one means message", "event:a\nevent:\ndata:x\n\n",
			[]Item{event("message", "x", "", "event:a\nevent:\ndata:x\n\n", 0)}},
		{"an event type without data is lost with its block", "event:a\n\ndata:x\n\n",
			[]Item{ignored("event:a\n\n", 0), event("message", "x", "", "data:x\n\n", 9)}},
		{"comments stand alone before a block", ": one\n:two\n:\ndata:x\n\n", []Item{
			{Kind: Comment, Data: "one", Raw: []byte(": one\n")},
			{Kind: Comment, Data: "two", Raw: []byte(":two\n"), Offset: 6},
			{Kind: Comment, Raw: []byte(":\n"), Offset: 11},
			event("message", "x", "", "data:x\n\n", 13),
		}},
		{"a comment inside a block is also in the block's bytes", "data:x\n:c\n\n", []Item{
			{Kind: Comment, Data: "c", Raw: []byte(":c\n"), Offset: 7},
			event("message", "x", "", "data:x\n:c\n\n", 0),
		}},
		{"a block that only sets the id is a cursor", "id:7\n\ndata:x\n\n", []Item{
			{Kind: Cursor, ID: "7", Raw: []byte("id:7\n\n")},
			event("message", "x", "7", "data:x\n\n", 6),
		}},
		{"an empty id resets", "id:7\ndata:x\n\nid\n\n", []Item{
			event("message", "x", "7", "id:7\ndata:x\n\n", 0),
			{Kind: Cursor, Raw: []byte("id\n\n"), Offset: 13},
		}},
		{"an id with NUL is ignored", "id:7\nid:8\x00\ndata:x\n\n", []Item{
			event("message", "x", "7", "id:7\nid:8\x00\ndata:x\n\n", 0),
		}},
		{"retry applies at once", "retry: 250\n", []Item{
			{Kind: Retry, Data: "250", Delay: 250 * time.Millisecond, Raw: []byte("retry: 250\n")},
			{Kind: Discarded, Raw: []byte("retry: 250\n")},
		}},
		{"retry of digits only", "retry:-1\nretry:+1\nretry:1.5\nretry: 1 \nretry:  1\nretry:１\n\n",
			[]Item{ignored("retry:-1\nretry:+1\nretry:1.5\nretry: 1 \nretry:  1\nretry:１\n\n", 0)}},
		{"an empty retry is the default, as in Chromium", "retry:\n\n", []Item{
			{Kind: Retry, Delay: DefaultReconnectionTime, Raw: []byte("retry:\n")}, ignored("retry:\n\n", 0),
		}},
		{"an unfinished block is discarded and its id with it", "data:x\n\nid:9\ndata:y\n", []Item{
			event("message", "x", "", "data:x\n\n", 0),
			{Kind: Discarded, Raw: []byte("id:9\ndata:y\n"), Offset: 8},
		}},
		{"an unfinished line is discarded", "data:x\n\n:com", []Item{
			event("message", "x", "", "data:x\n\n", 0),
			{Kind: Discarded, Raw: []byte(":com"), Offset: 8},
		}},
		{"CR alone ends lines", "data:x\r\rdata:y\r\r", []Item{
			event("message", "x", "", "data:x\r\r", 0),
			event("message", "y", "", "data:y\r\r", 8),
		}},
		{"CRLF ends lines", "data:x\r\n\r\ndata:y\r\n\r\n", []Item{
			event("message", "x", "", "data:x\r\n\r\n", 0),
			event("message", "y", "", "data:y\r\n\r\n", 10),
		}},
		{"LF CR are two line ends", "data:x\n\rdata:y\n\r", []Item{
			event("message", "x", "", "data:x\n\r", 0),
			event("message", "y", "", "data:y\n\r", 8),
		}},
		{"a byte order mark counts once and only at the start", "\uFEFF\uFEFFdata:x\n\ndata:\uFEFFy\n\n", []Item{
			ignored("\uFEFF\uFEFFdata:x\n\n", 0),
			event("message", "\uFEFFy", "", "data:\uFEFFy\n\n", 14),
		}},
		{"a byte order mark before a comment", "\uFEFF:c\n", []Item{
			{Kind: Comment, Data: "c", Raw: []byte("\uFEFF:c\n")},
		}},
		{"invalid UTF-8 everywhere", "event:\xff\nid:\xe2\x82\ndata:a\xc3\n\n:\xf0\x9f\n", []Item{
			event("\uFFFD", "a\uFFFD", "\uFFFD", "event:\xff\nid:\xe2\x82\ndata:a\xc3\n\n", 0),
			{Kind: Comment, Data: "\uFFFD", ID: "\uFFFD", Raw: []byte(":\xf0\x9f\n"), Offset: 23},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := decode(t, tt.stream); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
			bytewise := decode(t, strings.SplitAfter(tt.stream, "")...)
			if got := withoutCutLF(bytewise); !reflect.DeepEqual(got, withoutCutLF(tt.want)) {
				t.Errorf("character by character: got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// withoutCutLF returns the items with the LF removed from every Raw that ends in
// CRLF: that LF is the only thing that depends on how a stream is split.
func withoutCutLF(items []Item) []Item {
	var out []Item
	for _, i := range items {
		if bytes.HasSuffix(i.Raw, []byte("\r\n")) && i.Kind != Discarded {
			i.Raw = i.Raw[:len(i.Raw)-1]
		}
		out = append(out, i)
	}
	return out
}

func TestCREndsALineBeforeTheNextChunk(t *testing.T) {
	var got []Item
	d := Decoder{Handle: func(i *Item) {
		i.Raw, i.FirstChunk, i.LastChunk = bytes.Clone(i.Raw), 0, 0
		got = append(got, *i)
	}}
	d.Write([]byte("data:x\r\n\r"))
	want := []Item{event("message", "x", "", "data:x\r\n\r", 0)}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("after CR: got %+v, want %+v", got, want)
	}
	d.Write(nil)
	d.Write([]byte("\n"))
	d.Write([]byte("data:y\n\n"))
	want = append(want, event("message", "y", "", "data:y\n\n", 10))
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("after LF: got %+v, want %+v", got, want)
	}
}

func TestLastEventIDIsCarriedOver(t *testing.T) {
	var got []Item
	d := Decoder{LastEventID: "4", Handle: func(i *Item) { got = append(got, *i) }}
	d.Write([]byte("data:x\n\nid:5\ndata:y"))
	if len(got) != 1 || got[0].ID != "4" || d.LastEventID != "4" {
		t.Fatalf("got %+v with last event ID %q", got, d.LastEventID)
	}
	d.Write([]byte("\n\n"))
	if d.LastEventID != "5" {
		t.Errorf("last event ID is %q, want 5", d.LastEventID)
	}
}

func TestRetrySaturates(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"0":                    0,
		"00003000":             3 * time.Second,
		"9223372036854":        9223372036854 * time.Millisecond,
		"9223372036855":        math.MaxInt64,
		"18446744073709551615": math.MaxInt64,
	} {
		items := decode(t, "retry:"+value+"\n\n")
		if len(items) != 2 || items[0].Delay != want || items[0].Data != value {
			t.Errorf("retry %s: got %+v, want delay %d", value, items, want)
		}
	}
	if items := decode(t, "retry:18446744073709551616\n\n"); len(items) != 1 || items[0].Kind != Ignored {
		t.Errorf("a number over 64 bits gave %+v, which Chromium ignores", items)
	}
}

func TestInvalidUTF8IsReplacedAsTheEncodingStandardDoes(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                                "plain",
		"订阅😀":                                  "订阅😀",
		"\uFFFD":                               "\uFFFD",
		"\xe2\x82A":                            "?A", // a truncated character becomes one
		"\xf0\x9f\x98":                         "?",
		"\xf0\x90\x80A\xf4\x8f\xbfB":           "?A?B",
		"\xf0\x9f\x98\xf0\x9f\x98\x80":         "?😀",
		"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82A":    "????????A",
		"\xed\xa0\x80\xed\xbf\xbf\xed\xafA":    "????????A",
		"\xf4\x91\x92\x93\xffA\x80\xbfB":       "?????A??B",
		"\xe1\x80\xe2\xf0\x91\x92\xf1\xbfA":    "????A",
		"\xf4\x8f\xbf\xbf\xf4\x90\x80\x80\xf5": "\U0010FFFF?????",
	} {
		want = strings.ReplaceAll(want, "?", "\uFFFD")
		if got := string(appendText(nil, []byte(in))); got != want {
			t.Errorf("%x: got %q, want %q", in, got, want)
		}
	}
}

func TestLimitFailsTheSameBlockHoweverItIsSplit(t *testing.T) {
	const fits = "data:12345\n\n" // 12 bytes
	stream := fits + "retry:1\r\n:c\r\ndata:12\n\n" + fits
	for name, chunks := range map[string][]string{
		"whole": {stream}, "byte by byte": strings.Split(stream, ""),
	} {
		var items []Item
		d := Decoder{Limit: 12, Handle: func(i *Item) { items = append(items, *i) }}
		var err error
		for _, c := range chunks {
			if _, err = d.Write([]byte(c)); err != nil {
				break
			}
		}
		var tooLarge *TooLargeError
		if !errors.As(err, &tooLarge) || tooLarge.Offset != 12 || tooLarge.Limit != 12 {
			t.Errorf("%s: error is %v", name, err)
		}
		if len(items) != 3 || items[1].Kind != Retry || items[2].Kind != Comment {
			t.Errorf("%s: items are %+v", name, items)
		}
		if n, again := d.Write([]byte(fits)); n != 0 || again != err || len(items) != 3 {
			t.Errorf("%s: a later Write gave %d, %v and %d items", name, n, again, len(items))
		}
		d.End()
		if len(items) != 3 {
			t.Errorf("%s: End gave an item", name)
		}
	}
}

func TestLimitCountsTheBlankLine(t *testing.T) {
	for _, event := range []string{"data:12345\n\n", "data:1234\r\n\n", "event:1\nid:\n"} {
		for limit, want := range map[int]bool{11: false, 12: true} {
			d := Decoder{Limit: limit, Handle: func(*Item) {}}
			if _, err := d.Write([]byte(event)); (err == nil) != want {
				t.Errorf("%q with a limit of %d: %v", event, limit, err)
			}
		}
	}
}

func TestLimitAppliesToUnfinishedLines(t *testing.T) {
	d := Decoder{Limit: 1000, Handle: func(*Item) {}}
	chunk := bytes.Repeat([]byte("x"), 100)
	for range 10 {
		if _, err := d.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Write(chunk); err == nil || d.carry != nil {
		t.Errorf("error %v, %d bytes kept", err, len(d.carry))
	}
}

func TestTheBufferOfALargeBlockIsReleased(t *testing.T) {
	d := Decoder{Handle: func(*Item) {}}
	chunk := []byte("data:" + strings.Repeat("x", 32<<10) + "\n")
	for range 100 {
		d.Write(chunk)
	}
	d.Write([]byte("id:1\n\ndata"))
	if n := cap(d.carry) + cap(d.block.joined); n > maxReuse {
		t.Errorf("%d bytes kept", n)
	}
}

func TestAnEventIsAtMostOneAllocation(t *testing.T) {
	for _, data := range []string{"hello\ndata: world", strings.Repeat("x", 2000), ""} {
		var stream []byte
		for i := range 100 {
			stream = fmt.Appendf(stream, "event: tick\nid: %d\ndata: %s\n\n", i, data)
		}
		d := Decoder{Handle: func(*Item) {}}
		d.Write(stream)
		// Two more for the IDs, which share allocations.
		if n := testing.AllocsPerRun(10, func() { d.Write(stream) }); n > 102 {
			t.Errorf("%v allocations for 100 events of %d bytes", n, len(data))
		}
	}
}

func TestSharedStringsAreNotOverwritten(t *testing.T) {
	var stream string
	var got, want []string
	for i := range 2000 {
		want = append(want, strings.Repeat(strconv.Itoa(i)+" ", 1+i%30))
		stream += "data:" + want[i] + "\n\n"
	}
	for _, i := range decode(t, stream) {
		got = append(got, i.Data)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("data differs")
	}
}

// TestAnySplitOfALongStream covers what short streams do not: blocks over many
// pieces, next to blocks that are within one chunk.
func TestAnySplitOfALongStream(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var stream []byte
	for range 200 {
		end := []string{"\n", "\r", "\r\n"}[r.IntN(3)]
		for range r.IntN(4) {
			stream = append(stream, "data: "...)
			stream = append(stream, bytes.Repeat([]byte("é"), r.IntN(1<<r.IntN(14)))...)
			stream = append(stream, end...)
		}
		stream = append(stream, []string{"id: 1", "id: 2", ": c", "retry: 5", ""}[r.IntN(5)]+end+end...)
	}
	want := withoutCutLF(decode(t, string(stream)))
	for range 20 {
		var chunks []string
		for rest := string(stream); rest != ""; {
			n := min(len(rest), 1+r.IntN(1<<r.IntN(16)))
			chunks, rest = append(chunks, rest[:n]), rest[n:]
		}
		if got := withoutCutLF(decode(t, chunks...)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d chunks gave other items", len(chunks))
		}
	}
}
