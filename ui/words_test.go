package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json" // which refuses a key that stands twice
	"github.com/go-json-experiment/json/jsontext"

	"sseconsole/assets"
	"sseconsole/client"
	"sseconsole/client/filter"
	"sseconsole/client/jq"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/regularfile"
	"sseconsole/client/target"
	"sseconsole/server"
)

func catalogue(t *testing.T, language string) map[string]string {
	t.Helper()
	var raw map[string]jsontext.Value
	if err := json.Unmarshal(assets.Translation(language), &raw); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	texts := map[string]string{}
	for key, text := range raw {
		texts[key] = string(text)
	}
	return texts
}

func TestBothLanguagesHaveEveryTextAndItsValues(t *testing.T) {
	en, zh := catalogue(t, english), catalogue(t, chinese)
	values := regexp.MustCompile(`\{\{[^}]*\.(\w+)`)
	names := func(text string) map[string]bool {
		set := map[string]bool{}
		for _, m := range values.FindAllStringSubmatch(text, -1) {
			set[m[1]] = true
		}
		return set
	}
	for key, text := range en {
		other, ok := zh[key]
		if !ok {
			t.Errorf("Chinese lacks %q", key)
			continue
		}
		for name := range names(text) {
			if !names(other)[name] {
				t.Errorf("%s: the Chinese text lacks {{.%s}}", key, name)
			}
		}
		for name := range names(other) {
			if !names(text)[name] {
				t.Errorf("%s: the English text lacks {{.%s}}", key, name)
			}
		}
	}
	for key := range zh {
		if _, ok := en[key]; !ok {
			t.Errorf("English lacks %q", key)
		}
	}
}

// sources returns the program's Go files of this folder and of the console.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range []string{"*.go", "console/*.go", "../client/export/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", pattern, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(data)
		}
	}
	return all.String()
}

func TestEveryTextThatTheWindowAsksForIsThereAndNoneIsIdle(t *testing.T) {
	source := sources(t)
	used := map[string]bool{}
	find := func(pattern, prefix string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(source, -1) {
			used[prefix+m[1]] = true
		}
	}
	find(`\bT\("([\w.]+)"[,)]`, "")
	find(`\bT "([\w.]+)"`, "") // in the report's page
	find(`(?s)m\.(?:item|choice|sub)\("(\w+)"[,)]`, "menu.")
	find(`"(tab_\w+)"`, "menu.")
	find(`(?:language|variant|method|side)\("(\w+)"`, "menu.")
	find(`\bline\("(\w+)"`, "detail.")
	find(`\bnotice\("(\w+)"`, "notice.")
	find(`r\.Type(?:, r\.URL)? = "(\w+)"`, "notice.")
	find(`\blabNotice\("(\w+)"`, "notice.")
	find(`\bonSessions\("(\w+)"`, "notice.")
	find(`"(lab_\w+)"`, "menu.")
	find(`"((?:server|faults|column|detail|spec|manager)\.\w+)"[,})]`, "")
	find(`Obstacle\s+= "(\w+)"`, "why.")
	used["notice.refused_origin"] = true
	for _, c := range faultChoices() {
		used["faults.group_"+c.group], used["fault."+string(c.kind)], used["fault."+string(c.kind)+".why"] = true, true, true
	}
	for _, s := range target.Shapes() {
		used["shape."+s.ID], used["shape."+s.ID+".why"] = true, true
	}
	for _, text := range choicesOfTargets() {
		used[text] = true
	}
	notes, err := os.ReadFile("../client/target/curl/note.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(Note|Error)Code\s+= "(\w+)"`).FindAllStringSubmatch(string(notes), -1) {
		used["curl."+strings.ToLower(m[1])+"."+m[2]] = true
	}
	for _, code := range problemCodes(t) {
		used["target.problem."+code] = true
	}
	for _, code := range []string{
		server.BadStep, server.BadText, server.BadArgument, server.BadDuration, server.BadFault, server.BadLoop, server.BadLength, server.BadEncoding,
	} {
		used["scenario.bad_"+code] = true
	}
	for _, code := range []string{fileExists, fileRelative, fileNoFolder, fileIsFolder} {
		used["new_file."+code] = true
	}
	for _, code := range []string{oldRelative, oldMissing, oldIsFolder, oldNoAccess} {
		used["old_file."+code] = true
	}
	for _, m := range server.Modes() {
		used["mode."+string(m)], used["mode."+string(m)+".why"] = true, true
	}
	for _, p := range server.Policies() {
		used["policy."+string(p)], used["policy."+string(p)+".why"] = true, true
	}
	for _, s := range []server.State{server.Open, server.Held, server.Away, server.Ending, server.Stray} {
		used["state_of_session."+string(s)] = true
	}
	for _, g := range kindGroups() {
		used["show."+g.name], used["menu.show_"+g.name] = true, true
	}
	for _, name := range client.Engines() {
		used["engine."+name], used["menu.engine_"+name] = true, true
	}
	for _, code := range client.Differences() {
		used["difference."+code] = true
	}
	for _, f := range judge.Findings() {
		used["problem."+f.Code], used["problem."+f.Code+".why"], used["problem."+f.Code+".do"] = true, true, true
	}
	for k := record.Subscribe; k <= record.Redirect; k++ {
		used["kind."+k.String()] = true
	}
	for _, party := range []record.Party{record.ByServer, record.ByNetwork, record.ByPerson, record.ByEngine, record.ByMarker} {
		used["row.ended."+string(party)] = true
	}
	for _, source := range []record.DelaySource{record.FromDefault, record.FromRetry, record.FromBackoff, record.FromPerson, record.FromTarget} {
		used["source."+string(source)] = true
	}
	for _, c := range (&logPane{}).firstColumns() {
		used["column."+c.Key], used["menu.column_"+c.Key] = true, true
	}
	for _, e := range filterExamples() {
		used["filter.help."+e[0]] = true
	}
	for _, key := range furtherKeys() {
		used["keys."+key[1]] = true
	}
	for _, code := range []filter.Code{
		filter.NoValue, filter.OpenQuote, filter.OpenExpression, filter.BadExpression, filter.UnknownKind, filter.BadJQ, filter.TooLong, filter.NotText,
	} {
		used["filter.error."+string(code)] = true
	}
	for _, kind := range regularfile.Kinds() {
		used["file.refused."+string(kind)] = true
	}
	for _, reason := range jq.Reasons() {
		used["filter.stopped."+string(reason)] = true
	}
	failures, err := os.ReadFile("../client/record/failure.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Failure = "(\w+)"`).FindAllStringSubmatch(string(failures), -1) {
		used["failure."+m[1]], used["failure."+m[1]+".remedy"] = true, true
	}

	texts := catalogue(t, english)
	for key := range used {
		if _, ok := texts[key]; !ok {
			t.Errorf("the catalogue lacks %q", key)
		}
	}
	ownTest := regexp.MustCompile(`^(fyne|notice)\.`)
	for key := range texts {
		if !used[key] && !ownTest.MatchString(key) {
			t.Errorf("nothing uses %q", key)
		}
	}
}

// choicesOfTargets returns the texts of the values that fields of a target have.
func choicesOfTargets() []string {
	keys := []string{valueKey(target.AuthBasic), valueKey(target.AuthBearer), valueKey(target.AuthHeader)}
	for prefix, values := range map[string][]string{
		"auth.":        {"as_target", "none", target.AuthBasic, target.AuthBearer, target.AuthHeader, target.AuthQuery},
		"body.":        {"none", target.BodyJSON, target.BodyForm, target.BodyText},
		"http.":        {"default", target.HTTP1, target.HTTP2},
		"min_tls.":     {"default", "1.2", "1.3"},
		"proxy.":       {"default", target.NoProxy, "url"},
		"compression.": {"default", target.CompressionAll},
		"redirects.":   {"default", target.ShowRedirects},
	} {
		for _, v := range values {
			keys = append(keys, prefix+v)
		}
	}
	return keys
}

// problemCodes returns every ProblemCode that there is.
func problemCodes(t *testing.T) []string {
	t.Helper()
	var codes []string
	for _, pattern := range []string{"../client/target/*.go", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`ProblemCode\s+= "(\w+)"`).FindAllStringSubmatch(string(data), -1) {
				codes = append(codes, m[1])
			}
		}
	}
	return codes
}

func TestTextsAreWordedInTheirLanguage(t *testing.T) {
	en, zh := newWords(english), newWords(chinese)
	for _, c := range []struct{ en, zh, wantEN, wantZH string }{
		{en.T("form.subscribe"), zh.T("form.subscribe"), "Subscribe", "订阅"},
		{en.T("form.send"), zh.T("form.send"), "Send", "发送"},
		{en.T("form.close"), zh.T("form.close"), "Close", "关闭"},
		{en.T("row.events", "N", 1), zh.T("row.events", "N", 1), "1 event", "1 个事件"},
		{en.T("row.events", "N", int64(2)), zh.T("row.events", "N", int64(2)), "2 events", "2 个事件"},
		{en.duration(7 * time.Millisecond), zh.duration(3 * time.Second), "7 ms", "3 秒"},
		{en.duration(400 * time.Microsecond), zh.duration(65 * time.Second), "0.4 ms", "1 分 5 秒"},
		{en.duration(1300 * time.Millisecond), zh.duration(0), "1.3 s", "0 秒"},
		{en.countdown(2100 * time.Millisecond), zh.countdown(-time.Second), "3 s", "0 秒"},
		{en.size(1), zh.size(20), "1 byte", "20 字节"},
		{en.size(1 << 20), zh.size(1536), "1.0 MiB", "1.5 KiB"},
	} {
		if c.en != c.wantEN {
			t.Errorf("English: %q, want %q", c.en, c.wantEN)
		}
		if c.zh != c.wantZH {
			t.Errorf("Chinese: %q, want %q", c.zh, c.wantZH)
		}
	}
}

func TestARedirectAndAStreamOfNobodyKnownAreToldInTheRow(t *testing.T) {
	hop := &record.Record{Kind: record.Redirect, Call: record.Send, Status: 307, Method: "POST", URL: "http://b/x", Data: "Authorization, Cookie"}
	open := &record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/2.0", TLS: "TLS 1.3" + record.NotVerified}
	for _, c := range []struct {
		language string
		r        *record.Record
		want     string
	}{
		{english, hop, "send: 307 · POST http://b/x · not sent there: Authorization, Cookie"},
		{chinese, hop, "发送: 307 · POST http://b/x · 未带到该地址：Authorization, Cookie"},
		{english, open, "200 · HTTP/2.0 · ⚠ certificate not verified"},
		{chinese, open, "200 · HTTP/2.0 · ⚠ 未验证证书"},
	} {
		if got := newWords(c.language).summary(c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestEveryFailureAndNoticeIsASentence(t *testing.T) {
	for _, language := range []string{english, chinese} {
		w := newWords(language)
		for key := range w.catalogue {
			text := ""
			if code, ok := strings.CutPrefix(key, "failure."); ok {
				text = w.failure(&record.Record{Failure: record.Failure(code), Status: 404, Code: 500, Method: "GET"})
			} else if code, ok := strings.CutPrefix(key, "notice."); ok {
				text = w.notice(&record.Record{Type: code, URL: "about", Detail: "detail", ClientID: "x"})
			} else if code, ok := strings.CutPrefix(key, "problem."); ok && !strings.Contains(code, ".") {
				text = w.finding(&record.Record{Kind: record.Problem, Type: code, Data: "seen"})
			} else if code, ok := strings.CutPrefix(key, "difference."); ok {
				text = w.finding(&record.Record{Kind: record.Difference, Type: code, Data: "seen", ID: "7"})
			} else {
				continue
			}
			if text == key || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
				t.Errorf("%s in %s: %q", key, language, text)
			}
		}
	}
}

// What the person did is told in the words of the control that did it.
func TestANoticeNamesWhatTheServersTabNames(t *testing.T) {
	w := newWords(chinese)
	for _, tt := range []struct{ notice, about, want string }{
		{"mode_set", "long", "长轮询"}, {"policy_set", "spring", "与原示例相同"}, {"fault_on", "trickle", "逐字节发送"}, {"fault_off", "unheard-of", "unheard-of"},
	} {
		if got := w.notice(&record.Record{Type: tt.notice, URL: tt.about}); !strings.Contains(got, "“"+tt.want+"”") {
			t.Errorf("%s of %s: %q", tt.notice, tt.about, got)
		}
	}
}
