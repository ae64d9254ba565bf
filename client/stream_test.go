package client

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

func TestStreamEngine(t *testing.T) {
	tests := []struct {
		name  string
		first step
		want  []string
	}{
		{"text comes chunk by chunk and nothing is parsed", arrive("data: x\n\nretry: 1\n", "\n"),
			[]string{"0s subscribe", "0s open 200", `1s text "data: x\n\nretry: 1\n"`, `2s text "\n"`, "2s end by server"}},
		{"characters are cut rightly", arrive("\xef", "\xbb\xbf订\xe9", "\x98", "\x85!\xf0\x9f", "\x98\x80\xff", "\xe2\x82"),
			[]string{"0s subscribe", "0s open 200", `2s text "订"`, `4s text "阅!"`, `5s text "😀` + "\uFFFD" + `"`,
				`6s text "` + "\uFFFD" + `"`, "6s end by server"}},
		{"any content type is text", answer(201, "text/html", "<p>"),
			[]string{"0s subscribe", "0s open 201", `0s text "<p>"`, "0s end by server"}},
		{"no content is not a failure", answer(204, "", ""),
			[]string{"0s subscribe", "0s open 204", "0s end by server"}},
		{"another status rejects", answer(500, "text/event-stream", "data: x\n\n"),
			[]string{"0s subscribe", `0s fail "data: x\n\n" 500 bad_status`}},
		{"no answer rejects", fail(errRefused), []string{"0s subscribe", "0s end by network refused"}},
		{"a broken stream rejects", endless("text/event-stream", "data: x\n\n", errReset),
			[]string{"0s subscribe", "0s open 200", `0s text "data: x\n\n"`, "0s end by network reset"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log, start := newLog(), time.Now()
				c := Client{Record: log.add, Transport: &script{steps: []step{tt.first, stream("data: again\n\n")}}}
				s := c.Subscribe(context.Background(), here.stream("alice"), Options{Engine: Stream})
				<-s.Done()
				wantLines(t, log.lines(start), tt.want)
				if st := s.Status(); st.ReadyState != Closed || st.Conn != 1 || st.Last.Kind == 0 {
					t.Errorf("status is %+v", st)
				}
				if engine := log.all()[0].Engine; engine != Stream || s.Engine() != Stream {
					t.Errorf("engine is %q", engine)
				}
			})
		})
	}
}

func TestTextRecordsHaveTheirBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, start := newLog(), time.Now()
		c := Client{Record: log.add, Transport: &script{steps: []step{arrive("a\xf0", "\x9f", "\x98\x80b", "c\xe2", "\x82")}}}
		<-c.Subscribe(context.Background(), here.stream("alice"), Options{Engine: Stream}).Done()
		var texts []record.Record
		for _, r := range log.all() {
			if r.Kind == record.Text {
				texts = append(texts, r)
			}
		}
		wantLines(t, places(texts, start), []string{
			`1s text 0 in 1-1 "a"`,
			`3s text 1 in 1-3 "😀b"`,
			`4s text 6 in 4-4 "c"`,
			`5s text 7 in 4-5 "\xe2\x82"`,
		})
	})
}
