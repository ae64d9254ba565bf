package server_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sseconsole/server"
)

// withScript serves what f's server serves, with a script added to its page. The script
// uses the page's controls, under the page's policy, and reports.
func (f *fixture) withScript(p *page, script string) *httptest.Server {
	script = `
		const report = what => fetch("/report", {method: "POST", body: JSON.stringify(what)});
		const until = async so => { while (!so()) await new Promise(done => setTimeout(done, 20)); };
		const pane = name => {
			const root = document.getElementById(name), field = root.querySelector("form").elements;
			return {field, rows: () => [...root.querySelectorAll("tbody tr")].map(r => [...r.cells].slice(1).map(c => c.textContent).join("|")),
				state: () => root.querySelector(".state").textContent};
		};
		(async () => {` + script + `})().catch(e => report({error: String(e)}));`
	sum := sha256.Sum256([]byte(script))
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/report":
			p.ServeHTTP(w, r)
		case "/":
			rec := httptest.NewRecorder()
			f.server.ServeHTTP(rec, r)
			policy := rec.Header().Get("Content-Security-Policy")
			w.Header().Set("Content-Security-Policy", strings.Replace(policy, "script-src ",
				"script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"' ", 1))
			w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
			fmt.Fprint(w, rec.Body.String()+"<script>"+script+"</script>")
		default:
			f.server.ServeHTTP(w, r)
		}
	}))
	f.t.Cleanup(front.Close)
	return front
}

func TestBrowserUsesThePageOnBothTransports(t *testing.T) {
	p := newPage(t)
	f := start(t, server.Config{Token: "secret"})
	front := f.withScript(p, `
		const result = {};
		for (const name of ["EventSource", "fetch"]) {
			const {field, rows, state} = pane(name), button = document.querySelector("#" + name + " button.main");
			const had = text => rows().some(r => r.includes(text));
			field.clientId.value = "订阅 " + name;
			button.click();
			await until(() => state().includes("Open"));
			field.content.value = "two\nlines & 你好";
			field.send.click();
			await until(() => had("你好") && had("success"));
			if (name === "EventSource" && !had("two\nlines")) throw "the lines are not two";
			field.serverOnly.click();
			if (name === "EventSource") {
				await until(() => had("reconnect 1"));
			} else {
				await until(() => state().includes("Closed"));
				button.click();
				await until(() => state().includes("Open"));
			}
			field.close.click();
			await until(() => state().includes("Closed"));
			await new Promise(done => setTimeout(done, 4000)); // an EventSource that was not closed would be back
			result[name] = {Rows: rows(), State: state()};
		}
		const language = document.getElementById("language"), drawn = language.querySelector("svg");
		// Text in Chinese would be boxes where no font has it.
		result.Chinese = drawn.getAttribute("aria-label") + "|" + language.textContent.trim() + "|" + (drawn.getBoundingClientRect().width > 20);
		language.click();
		result.English = language.textContent;
		result.Title = document.title;
		report(result);
	`)
	var got struct {
		EventSource, Fetch struct {
			Rows  []string
			State string
		}
		Title, Chinese, English string
	}
	p.open(front.URL+"/?token=secret&lang=en", &got)
	if got.EventSource.State != "○ Closed · readyState 2" || got.Fetch.State != "○ Closed" || !strings.Contains(got.Title, "浏览器") {
		t.Errorf("%+v", got)
	}
	if got.Chinese != "简体中文||true" || got.English != "English" {
		t.Errorf("the button of the language says %q, then %q", got.Chinese, got.English)
	}
	if n := strings.Count(strings.Join(got.EventSource.Rows, "\n"), "open|"); n != 2 {
		t.Errorf("%d connections of the EventSource, want the first and one reconnect: %q", n, got.EventSource.Rows)
	}
	subscribed := 0
	for len(f.notices) > 0 {
		if n := <-f.notices; n.Kind == server.Subscribed {
			subscribed++
		}
	}
	if subscribed != 4 || f.server.Sessions() != 0 {
		t.Errorf("%d subscribes, %d sessions left", subscribed, f.server.Sessions())
	}
}

func TestThePageIsGuardedLikeTheCalls(t *testing.T) {
	f := start(t, server.Config{Token: "secret"})
	root := "http://" + f.addr + "/"
	for _, tt := range []struct {
		method, url, header string
		want                int
	}{
		{"GET", root + "?token=secret", "", 200},
		{"GET", root, "", 401},
		{"GET", root + "?token=secret", "Host: evil.test", 403},
		{"POST", root + "?token=secret", "", 405},
		{"GET", root + "index.html?token=secret", "", 404},
	} {
		var header []string
		if tt.header != "" {
			header = []string{tt.header}
		}
		if status, _ := f.call(tt.method, tt.url, "", header...); status != tt.want {
			t.Errorf("%s %s %s: %d, want %d", tt.method, tt.url, tt.header, status, tt.want)
		}
	}
	res := f.do("GET", root+"?token=secret", "")
	wantHeader(t, res.Header, "Referrer-Policy", "same-origin") // other origins must not see the token, and the guard must see its own
	if _, body := f.finish(res); strings.Contains(body, "//cdn") || strings.Contains(body, "src=") {
		t.Error("the page loads something")
	}
}
