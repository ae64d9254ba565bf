package eventstream

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// FuzzAnySplit checks that items do not depend on how the bytes are split, that
// each Raw is at its Offset, and that the events are those of readPlainly.
func FuzzAnySplit(f *testing.F) {
	for _, s := range []string{
		"", "data:x\n\n", "\uFEFFdata: x\r\n\r\n", "id:1\r\rdata\n\n", ": c\rretry:10\r\nevent:e\n\ndata:x\ndata:y\r\r\n",
		"data:\xf0\x9f\x98\n\nid:\xe2\x82\n\n", "id:1\x00\ndata:a\n\nid\ndata", "\r\n\n\r", "\xef\xbb", "a\uFEFFdata:1\n\n",
		"data:\x9f\x98\nid:\xe2\n\n", "\uFEFF\uFEFFdata:x\n\ndata:y\n\n", "data\n\ndata\ndata\n\ndata:\n", "retry: 1\nretry:99999999999999999999\n\n",
	} {
		f.Add([]byte(s), uint64(1))
	}
	f.Fuzz(func(t *testing.T, stream []byte, seed uint64) {
		whole := decode(t, string(stream))
		for _, i := range whole {
			if !bytes.HasPrefix(stream[i.Offset:], i.Raw) {
				t.Fatalf("%+v is not at its offset", i)
			}
		}
		if got, want := eventsOf(whole), readPlainly(stream); !reflect.DeepEqual(got, want) {
			t.Fatalf("events are %q, by the standard they are %q", got, want)
		}
		var single, random []string
		r := rand.New(rand.NewPCG(seed, 0))
		for i := range len(stream) {
			single = append(single, string(stream[i:i+1]))
			if i == 0 || r.IntN(4) == 0 {
				random = append(random, "")
			}
			random[len(random)-1] += string(stream[i : i+1])
		}
		for _, chunks := range [][]string{single, random} {
			if got := withoutCutLF(decode(t, chunks...)); !reflect.DeepEqual(got, withoutCutLF(whole)) {
				t.Fatalf("%q gave %+v\nwhole %+v", chunks, got, whole)
			}
		}
	})
}

func eventsOf(items []Item) (events [][3]string) {
	for _, i := range items {
		if i.Kind == Event {
			events = append(events, [3]string{i.Type, i.Data, i.ID})
		}
	}
	return events
}

// readPlainly interprets a whole stream step by step as section 9.2.6 describes.
func readPlainly(stream []byte) (events [][3]string) {
	s := strings.TrimPrefix(string(appendText(nil, stream)), "\uFEFF")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(s, "\n")
	var data, typ, id string
	for _, line := range lines[:len(lines)-1] {
		if line == "" {
			if data != "" {
				if typ == "" {
					typ = "message"
				}
				events = append(events, [3]string{typ, strings.TrimSuffix(data, "\n"), id})
			}
			data, typ = "", ""
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "data":
			data += value + "\n"
		case "event":
			typ = value
		case "id":
			if !strings.Contains(value, "\x00") {
				id = value
			}
		}
	}
	return events
}
