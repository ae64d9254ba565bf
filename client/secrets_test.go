package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// secretURLs are URLs with the secret s3cr3t. None of them can be requested.
func secretURLs() []string {
	const params = "x?token=s3cr3t#access_token=s3cr3t"
	return []string{
		"http://me:s3cr3t@127.0.0.1:99999/" + params,
		"http://s3cr3t@127.0.0.1:99999/" + params,
		"http://me:s3cr3t@[::1/" + params,
		"http://me:s3cr3t@127.0.0.1/%zz" + params,
		"http://me:%zzs3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t/s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t#s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t@127.0.0.1:port/" + params,
		"http://me:s3cr3t@/" + params,
		"ftp://me:s3cr3t@127.0.0.1/" + params,
		"me:s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t@127.0.0.1:1/" + params, // nothing listens there
	}
}

// kept returns what a journal's file and NDJSON contain of records.
func kept(t *testing.T, records []record.Record) string {
	t.Helper()
	var all bytes.Buffer
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := json.NewEncoder(&all).Encode(r); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%+v\n", r)
		j.Append(r)
	}
	j.Close()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

func TestNoRecordOfAFailureHasASecret(t *testing.T) {
	endpoints := map[string]Call{}
	for _, bad := range secretURLs() {
		endpoints["to "+bad] = Call{Request: endpoint.Request{URL: bad}}
		endpoints["by "+bad] = Call{Request: endpoint.Request{URL: "http://127.0.0.1:1/"}, Connection: endpoint.Connection{Proxy: bad}}
		endpoints["named "+bad] = Call{Request: endpoint.Request{URL: "http://127.0.0.1:1/", Method: bad}, Connection: endpoint.Connection{ServerName: bad}}
		endpoints["file "+bad] = Call{Request: endpoint.Request{URL: "https://127.0.0.1:1/"}, Connection: endpoint.Connection{CAFile: bad}}
	}
	for name, e := range endpoints {
		for _, engine := range Engines() {
			log := newLog()
			c := Client{Record: log.add}
			c.Do(t.Context(), sending(e, "a", "b", nil))
			<-c.Subscribe(t.Context(), as("a", e), Options{Engine: engine, MaxReconnects: -1}).Done()
			c.CloseIdleConnections()
			if all := kept(t, log.all()); strings.Contains(all, "s3cr3t") {
				at := strings.Index(all, "s3cr3t")
				t.Errorf("%s, %s: …%q…", name, engine, all[max(0, at-300):min(len(all), at+100)])
			}
		}
	}
}

func TestNoRecordOfAnAnswerHasASecret(t *testing.T) {
	for _, status := range []int{http.StatusFound, http.StatusForbidden, http.StatusOK} {
		for _, location := range secretURLs() {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", location)
				w.Header().Set("Link", "<"+strings.ReplaceAll(location, " ", "")+">; rel=next")
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("X-Session-Id", "s3cr3t")
				w.WriteHeader(status)
				fmt.Fprint(w, `{"code":200,"password":12345678,"pass\u0077ord":"s3cr3t","data":{"secret":["s3cr3t"]},"state":"shown"}`)
			}))
			for _, redirects := range []string{"", endpoint.ShowRedirects} {
				for _, engine := range Engines() {
					e := Call{Connection: endpoint.Connection{Redirects: redirects}, Request: endpoint.Request{
						URL: strings.Replace(s.URL, "http://", "http://me:s3cr3t@", 1) + "/?code=s3cr3t&sid=s3cr3t", Method: http.MethodPost,
						Header: http.Header{"Content-Type": {"application/json"}, "X-Auth": {"s3cr3t"}}, Body: []byte(`{"client_secret":"s3cr3t","pwd":["s3cr3t"]}`),
					}}
					log := newLog()
					c := Client{Record: log.add}
					c.Do(t.Context(), sending(e, "a", "b", nil))
					if status != http.StatusOK || engine != "stream" { // that engine shows the text unchanged
						<-c.Subscribe(t.Context(), as("a", e), Options{Engine: engine, MaxReconnects: -1}).Done()
					}
					c.CloseIdleConnections()
					all := kept(t, log.all())
					if at := strings.Index(all, "s3cr3t"); at >= 0 {
						t.Errorf("%d %s, %s: …%q…", status, location, engine, all[max(0, at-300):min(len(all), at+100)])
					}
					if status != http.StatusFound && (strings.Contains(all, "12345678") || !strings.Contains(all, "shown")) {
						t.Errorf("the answer is %s", all)
					}
				}
			}
			s.Close()
		}
	}
}
