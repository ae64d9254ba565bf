package server_test

import (
	"net/http"
	"strings"
	"testing"

	"sseconsole/server"
)

func TestCallsAnswer(t *testing.T) {
	const (
		form   = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8"
		jsonCT = "Content-Type: application/json"
		ok     = `{"code":200,"msg":"success","data":null}`
		multi  = "Content-Type: multipart/form-data; boundary=b"
	)
	part := func(name, value string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	id256 := strings.Repeat("é", 128)
	full := strings.Repeat("x", 1<<20)
	tests := []struct {
		name, method, target, body, contentType string
		status                                  int
		answer                                  string // complete, or a prefix followed by "…"
	}{
		{"send", "GET", "/demo/sse/send?clientId=X&content=hello", "", "", 200, ok},
		{"send at the other path", "GET", "/smilex/open/sse/send?clientId=X&content=hello", "", "", 200, ok},
		{"empty content", "GET", "/demo/sse/send?clientId=X&content=", "", "", 200, ok},
		{"send a form", "POST", "/demo/sse/send", "clientId=X&content=a+b", form, 200, ok},
		{"the body wins", "POST", "/demo/sse/send?clientId=nobody&content=q", "clientId=X", form, 200, ok},
		{"the query counts with POST", "POST", "/demo/sse/send?clientId=X&content=q", "", "", 200, ok},
		{"the first of two counts", "GET", "/demo/sse/send?clientId=X&clientId=nobody&content=q", "", "", 200, ok},
		{"the first of two counts in JSON", "POST", "/demo/sse/send", `{"clientId":"X","clientId":"nobody","content":""}`, jsonCT, 200, ok},
		{"send JSON", "POST", "/demo/sse/send", `{"clientId":"X","content":"\ud83d\ude00","other":[1,{}]}`, jsonCT, 200, ok},
		{"send multipart", "POST", "/demo/sse/send", part("clientId", "X") + part("content", "c") + "--b--", multi, 200, ok},
		{"a semicolon is a character", "GET", "/demo/sse/send?clientId=X&content=a;b", "", "", 200, ok},
		{"content of 1 MiB", "POST", "/demo/sse/send?clientId=X", "content=" + full, form, 200, ok},

		{"send to nobody", "GET", "/demo/sse/send?clientId=<Y>&content=c", "", "", 404, `{"code":404,"msg":"User Id <Y> not Found","data":null}`},
		{"close nobody", "GET", "/demo/sse/close?clientId=Y", "", "", 200, `{"code":200,"msg":"success","data":false}`},

		{"content missing", "GET", "/demo/sse/send?clientId=X", "", "", 400, `{"code":400,"msg":"content is missing","data":null}`},
		{"clientId missing in subscribe", "GET", "/demo/sse/subscribe", "", "", 400, `{"code":400,"msg":"clientId is missing"…`},
		{"clientId missing in send", "GET", "/demo/sse/send?content=c", "", "", 400, `{"code":400,"msg":"clientId is missing"…`},
		{"clientId missing in close", "POST", "/demo/sse/close", "", "", 400, `{"code":400,"msg":"clientId is missing"…`},
		{"clientId empty", "GET", "/demo/sse/subscribe?clientId=", "", "", 400, `{"code":400,…`},
		{"clientId of 256 bytes", "GET", "/demo/sse/close?clientId=" + id256, "", "", 200, `{"code":200,…`},
		{"clientId of 257 bytes", "GET", "/demo/sse/subscribe?clientId=x" + id256, "", "", 400, `{"code":400,"msg":"clientId exceeds 256 bytes"…`},
		{"clientId with a line feed", "GET", "/demo/sse/subscribe?clientId=a%0Ab", "", "", 400, `{"code":400,…`},
		{"clientId with a C1 control", "GET", "/demo/sse/close?clientId=a%C2%85b", "", "", 400, `{"code":400,…`},
		{"broken percent-encoding", "GET", "/demo/sse/send?clientId=X&content=100%", "", "", 400, `{"code":400,"msg":"invalid percent-encoding"…`},
		{"broken percent-encoding elsewhere", "GET", "/demo/sse/send?clientId=X&content=c&z=%+1", "", "", 400, `{"code":400,…`},
		{"invalid UTF-8 in the query", "GET", "/demo/sse/send?clientId=X&content=%ff", "", "", 400, `{"code":400,"msg":"not UTF-8"…`},
		{"invalid UTF-8 in a form", "POST", "/demo/sse/send", "clientId=X&content=\xff", form, 400, `{"code":400,…`},
		{"invalid UTF-8 in JSON", "POST", "/demo/sse/send", "{\"clientId\":\"X\",\"content\":\"\xff\"}", jsonCT, 400, `{"code":400,…`},
		{"invalid UTF-8 in multipart", "POST", "/demo/sse/send", part("clientId", "X") + part("content", "\xff") + "--b--", multi, 400, `{"code":400,…`},
		{"half a surrogate pair", "POST", "/demo/sse/send", `{"clientId":"X","content":"\ud83d"}`, jsonCT, 400, `{"code":400,…`},
		{"half a surrogate pair before a character", "POST", "/demo/sse/send", `{"clientId":"X","content":"\ud83d\u0041"}`, jsonCT, 400, `{"code":400,…`},
		{"the second half alone", "POST", "/demo/sse/send", `{"clientId":"X","content":"\\\ude00"}`, jsonCT, 400, `{"code":400,…`},
		{"an escaped backslash is no surrogate", "POST", "/demo/sse/send", `{"clientId":"X","content":"\\ud83d"}`, jsonCT, 200, ok},
		{"broken JSON", "POST", "/demo/sse/send", `{"clientId":"X","content":"c"`, jsonCT, 400, `{"code":400,…`},
		{"JSON with more behind it", "POST", "/demo/sse/send", `{"clientId":"X","content":"c"} {}`, jsonCT, 400, `{"code":400,…`},
		{"JSON of another type", "POST", "/demo/sse/send", `["X"]`, jsonCT, 400, `{"code":400,…`},
		{"a number in JSON", "POST", "/demo/sse/send", `{"clientId":"X","content":5}`, jsonCT, 400, `{"code":400,"msg":"content must be a string"…`},
		{"null in JSON", "POST", "/demo/sse/send", `{"clientId":"X","content":null}`, jsonCT, 400, `{"code":400,…`},
		{"another case in JSON", "POST", "/demo/sse/send", `{"CLIENTID":"X","content":"c"}`, jsonCT, 400, `{"code":400,"msg":"clientId is missing"…`},
		{"broken multipart", "POST", "/demo/sse/send", part("clientId", "X") + part("content", "c"), multi, 400, `{"code":400,…`},
		{"multipart without a boundary", "POST", "/demo/sse/send", "x", "Content-Type: multipart/form-data", 400, `{"code":400,…`},
		{"text", "POST", "/demo/sse/send?clientId=X&content=c", "text", "Content-Type: text/plain", 415, `{"code":415,…`},
		{"no type", "POST", "/demo/sse/send?clientId=X&content=c", "text", "", 415, `{"code":415,…`},
		{"content over 1 MiB", "POST", "/demo/sse/send?clientId=X", "content=x" + full, form, 413, `{"code":413,"msg":"content exceeds 1048576 bytes"…`},
		{"a body over 8 MiB", "POST", "/demo/sse/send?clientId=X", strings.Repeat(full, 8) + "x", form, 413, `{"code":413,"msg":"the body exceeds 8388608 bytes"…`},

		{"another method", "PUT", "/demo/sse/subscribe?clientId=X", "", "", 405, `{"code":405,"msg":"the method must be GET or POST","data":null}`},
		{"HEAD", "HEAD", "/demo/sse/subscribe?clientId=Y", "", "", 405, ``},
		{"OPTIONS", "OPTIONS", "/demo/sse/subscribe?clientId=Y", "", "", 204, ``},
		{"another path", "GET", "/demo", "", "", 404, `{"code":404,"msg":"no such call","data":{"calls":["/","/demo/sse/subscribe?clientId=X",…`},
		{"a slash behind", "GET", "/demo/sse/send/?clientId=X&content=c", "", "", 404, `{"code":404,"msg":"no such call"…`},
		{"two slashes", "GET", "/demo/sse//send?clientId=X&content=c", "", "", 404, `{"code":404,"msg":"no such call"…`},
		{"a dot", "GET", "/demo/./sse/send?clientId=X&content=c", "", "", 404, `{"code":404,"msg":"no such call"…`},
		{"an escaped slash", "GET", "/demo/sse%2Fsend?clientId=X&content=c", "", "", 200, ok},
	}
	f := start(t, server.Config{})
	x := f.subscribe("X")
	go func() { // keeps reading, so that its queue does not fill up
		for {
			if _, ok := x.read(); !ok {
				return
			}
		}
	}()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f.t = t
			var header []string
			if tt.contentType != "" {
				header = append(header, tt.contentType)
			}
			res := f.do(tt.method, "http://"+f.addr+tt.target, tt.body, header...)
			status, answer := f.finish(res)
			want, isStart := strings.CutSuffix(tt.answer, "…")
			if status != tt.status || answer != want && !(isStart && strings.HasPrefix(answer, want)) {
				t.Errorf("got %d %s\nwant %d %s", status, answer, tt.status, tt.answer)
			}
			wantHeader(t, res.Header, "Vary", "Origin")
			if status != http.StatusNoContent {
				wantHeader(t, res.Header, "Content-Type", "application/json; charset=utf-8")
				wantHeader(t, res.Header, "Cache-Control", "no-store")
				wantHeader(t, res.Header, "X-Content-Type-Options", "nosniff")
			}
			if status == 405 || status == 204 {
				wantHeader(t, res.Header, "Allow", "GET, POST, OPTIONS")
			}
			if n := f.server.Sessions(); n != 1 {
				t.Fatalf("%d sessions, want only that of X", n)
			}
		})
	}
	f.t = t
	if status, answer := f.call("GET", f.url("close", "clientId=X"), ""); status != 200 || answer != ok {
		t.Errorf("close: %d %s", status, answer)
	}
	f.notice(server.Closed)
}

func TestSubscribeAnswersWithAStream(t *testing.T) {
	f := start(t, server.Config{})
	for _, call := range []struct{ method, path, body, contentType string }{
		{"GET", "/demo/sse/subscribe?clientId=X", "", "X: y"},
		{"POST", "/smilex/open/sse/subscribe", "clientId=X", "Content-Type: application/x-www-form-urlencoded"},
	} {
		res := f.do(call.method, "http://"+f.addr+call.path, call.body, call.contentType)
		if res.StatusCode != 200 {
			t.Fatal(res.Status)
		}
		wantHeader(t, res.Header, "Content-Type", "text/event-stream; charset=utf-8")
		wantHeader(t, res.Header, "Cache-Control", "no-cache")
		wantHeader(t, res.Header, "X-Accel-Buffering", "no")
		s := newStream(t, res.Body)
		if b := s.next(); b.id == "" || b.data != nil || b.other != nil {
			t.Errorf("the stream begins with %+v, not with an id alone", b)
		}
		if status := f.send("X", "hello"); status != 200 {
			t.Errorf("send: %d", status)
		}
		if b := s.message(); b.text() != "hello" {
			t.Errorf("got %q", b.text())
		}
	}
}

func wantHeader(t *testing.T, h http.Header, name, want string) {
	t.Helper()
	if got := h.Get(name); got != want {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}
