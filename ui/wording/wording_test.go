package wording

import (
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/server/fault"
	"sseconsole/ui/wording/catalogue"
)

func TestTextsAreWordedInTheirLanguage(t *testing.T) {
	en, zh := Of(catalogue.New(catalogue.English)), Of(catalogue.New(catalogue.Chinese))
	jitter := fault.Fault{Kind: fault.DelayEvents, Delay: time.Second, Jitter: 5 * time.Millisecond}
	for _, c := range []struct{ en, zh, wantEN, wantZH string }{
		{en.T("form.subscribe"), zh.T("form.subscribe"), "Subscribe", "订阅"},
		{en.T("form.send"), zh.T("form.send"), "Send", "发送"},
		{en.T("form.close"), zh.T("form.close"), "Close", "关闭"},
		{en.T("row.events", "N", 1), zh.T("row.events", "N", 1), "1 event", "1 个事件"},
		{en.T("row.events", "N", int64(2)), zh.T("row.events", "N", int64(2)), "2 events", "2 个事件"},
		{en.Duration(7 * time.Millisecond), zh.Duration(3 * time.Second), "7 ms", "3 秒"},
		{en.Duration(400 * time.Microsecond), zh.Duration(65 * time.Second), "0.4 ms", "1 分 5 秒"},
		{en.Duration(1300 * time.Millisecond), zh.Duration(0), "1.3 s", "0 秒"},
		{en.Texts.Countdown(2100 * time.Millisecond), zh.Texts.Countdown(-time.Second), "3 s", "0 秒"},
		{en.Size(1), zh.Size(20), "1 byte", "20 字节"},
		{en.List("a", "b"), zh.List("a", "b"), "a, b", "a、b"},
		{en.Fault(jitter, strings.Clone), zh.Fault(jitter, strings.Clone),
			"delayed events · 1 s, random extra delay up to 5 ms · every clientId · hit 0 times", "事件延迟 · 1 秒、随机附加延迟最多 5 毫秒 · 所有 clientId · 已命中 0 次"},
		{en.Size(1 << 20), zh.Size(1536), "1.0 MiB", "1.5 KiB"},
	} {
		if c.en != c.wantEN {
			t.Errorf("English: %q, want %q", c.en, c.wantEN)
		}
		if c.zh != c.wantZH {
			t.Errorf("Chinese: %q, want %q", c.zh, c.wantZH)
		}
	}
}

func TestTheRowTellsARedirectAndAnUnverifiedCertificate(t *testing.T) {
	hop := &record.Record{Kind: record.Redirect, Call: record.Send, Status: 307, Method: "POST", URL: "http://b/x", Data: "Authorization, Cookie"}
	open := &record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/2.0", TLS: "TLS 1.3" + record.NotVerified}
	for _, c := range []struct {
		language string
		r        *record.Record
		want     string
	}{
		{catalogue.English, hop, "send: 307 · POST http://b/x · not sent to this address: Authorization, Cookie"},
		{catalogue.Chinese, hop, "发送：307 · POST http://b/x · 未发送到该地址：Authorization, Cookie"},
		{catalogue.English, open, "200 · HTTP/2.0 · ⚠ certificate not verified"},
		{catalogue.Chinese, open, "200 · HTTP/2.0 · ⚠ 未验证证书"},
	} {
		if got := Of(catalogue.New(c.language)).Summary(c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestEveryFailureAndNoticeIsASentence(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := Of(catalogue.New(language))
		for key := range w.Texts.Keys() {
			text := ""
			if code, ok := strings.CutPrefix(key, "failure."); ok {
				text = w.Failure(&record.Record{Failure: record.Failure(code), Status: 404, Code: 500, Method: "GET"})
			} else if code, ok := strings.CutPrefix(key, "notice."); ok {
				text = w.Notice(&record.Record{Type: code, Subject: "about", Detail: "detail", ClientID: "x"})
			} else if code, ok := strings.CutPrefix(key, "problem."); ok && !strings.Contains(code, ".") {
				text = w.Finding(&record.Record{Kind: record.Problem, Type: code, Data: "seen"})
			} else if code, ok := strings.CutPrefix(key, "difference."); ok {
				text = w.Finding(&record.Record{Kind: record.Difference, Type: code, Data: "seen", ID: "7"})
			} else {
				continue
			}
			if text == key || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
				t.Errorf("%s in %s: %q", key, language, text)
			}
		}
	}
}

// Notices use the words of the controls that caused them.
func TestANoticeUsesTheNamesOfTheServerTab(t *testing.T) {
	w := Of(catalogue.New(catalogue.Chinese))
	for _, tt := range []struct{ notice, about, want string }{
		{"mode_set", "long", "长轮询"}, {"policy_set", "spring", "与原版演示相同"}, {"fault_on", "trickle", "逐字节发送"}, {"fault_off", "unheard-of", "unheard-of"},
	} {
		if got := w.Notice(&record.Record{Type: tt.notice, Subject: tt.about}); !strings.Contains(got, "“"+tt.want+"”") {
			t.Errorf("%s of %s: %q", tt.notice, tt.about, got)
		}
	}
}

// A file of a newer version may have codes that this version has no words for.
func TestACodeOfANewerVersionIsShownUnchanged(t *testing.T) {
	const code = "of_tomorrow"
	for _, r := range []record.Record{
		{Kind: record.Problem, Type: code}, {Kind: record.Difference, Type: code}, {Kind: record.Notice, Type: code},
		{Kind: record.Fail, Failure: code}, {Kind: record.End, By: code}, {Kind: record.Reconnect, Source: code},
	} {
		for _, language := range catalogue.Languages() {
			w := New(language)
			for _, text := range []string{w.Summary(&r), w.Details(&r), w.ListenLine(&r)} {
				if !strings.Contains(text, w.T("row.unknown", "Code", code)) || strings.Contains(text, "."+code) {
					t.Errorf("%s in %s: %q", r.Kind, language, text)
				}
			}
		}
	}
}
