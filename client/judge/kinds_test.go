package judge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// events returns an event for each payload.
func events(payloads ...string) string {
	return "data: " + strings.Join(payloads, "\n\ndata: ") + "\n\n"
}

// numbered returns an event for each id.
func numbered(ids ...string) string {
	return "id: " + strings.Join(ids, "\ndata: x\n\nid: ") + "\ndata: x\n\n"
}

// slowly writes each text a quarter of a second after the one before, and waits.
func slowly(texts ...string) Example { return append(slowlyBy("250ms", texts...), "@wait 3s") }

func slowlyBy(pace string, texts ...string) (e Example) {
	for _, text := range texts {
		e = append(e, text, "@wait "+pace)
	}
	return e
}

// Each kind of fault has several payloads.
func TestAKindOfFaultIsFoundWhateverItsPayload(t *testing.T) {
	tests := map[string][]Example{
		"no_blank_line": {
			slowly("data: 温度 20\r\n", "data: 温度 21\r\n", "data: 温度 22\r\n", "data: 温度 23\r\n", "data: 温度 24\r\n", "data: 温度 25\r\n"),
			slowly("event: bid\ndata: 1.5\n", "event: bid\ndata: 1.6\n", "event: bid\ndata: 1.7\n", "event: bid\ndata: 1.8\n", "event: bid\ndata: 1.9\n"),
			slowly("data:<p>a</p>\n", "data:<p>b</p>\n", ": keep-alive\n", "data:<p>c</p>\n", "data:<p>d</p>\n"),
			slowly("event: hello\ndata: {}\n\n", "data: 1\n", "data: 2\n", "data: 3\n", "data: 4\n", "data: 5\n", "data: 6\n", "data: 7\n"),
			{"id: 1\ndata: ready\n", "@wait 4s"},
		},
		"ends_without_events": {
			{"retry: 200\nid: 1\ndata: a\n\n", "@end", ":\n\n", "@end", ":\n\n", "@end", ":\n\n", "@end"},
			{"event: full\n\n", "@end", "event: full\n\n", "@end", "event: full\n\n", "@end"},
			{"retry: 10\n\n", "@end", ":\n\n", "@end", ":\n\n", "@end"},
		},
		"one_event_behind": {
			slowlyBy("600ms", "data: a", "\n\ndata: b", "\n\ndata: c", "\n\ndata: d"),
			slowlyBy("2s", "id: 1\r\ndata: 一\r\n", "\r\nid: 2\r\ndata: 二\r\n", "\r\nid: 3\r\ndata: 三\r\n"),
			slowlyBy("800ms", ":\n\n", "event: a\ndata: 1\n", "\nevent: a\ndata: 2\n", "\nevent: a\ndata: 3\n"),
		},
		"reconnect_unanswered": {
			{"data: 一\n\n", "@cut reset read: connection reset by peer", "@down EOF", "@down EOF"},
			{":\n\n", "@end", "@down connection refused", "data: a\n\n"},
			{"id: 1\ndata: a\n\n", "@end", "@asked", "@wait 16s"},
			{"id: 1\ndata: a\n\n", "@end", "id: 2\ndata: b\n\n", "@cut cut_chunks", "@down read: connection reset by peer"},
		},
		"no_line_feed": {
			slowly("data: 一\u2028\u2028", "data: 二\u2028\u2028", "data: 三\u2028\u2028"),
			slowly("id: 1\x00data: a\x00\x00", "id: 2\x00data: b\x00\x00"),
			slowly("data: ready\n\n", "data: {\"n\":1};", "data: {\"n\":2};", "data: {\"n\":3};"),
		},
		"line_feed_escaped": {
			slowly(`event: x\ndata: 1\n\n`, `event: x\ndata: 2\n\n`),
			slowly(`data: {"中":"文"}\r\n\r\n`),
			slowly(`id: 7\ndata: a`+"\n", `id: 8\ndata: b`+"\n"),
			slowly("data: ready\n\n", `data: 1\n\n`, `data: 2\n\n`),
		},
		"no_line_end": {
			slowly(`40{"sid":"a"}`),
			slowly("PONG PONG PONG"),
			slowly("\u0000CONNECTED"),
		},
		"event_without_data": {
			{"event: heartbeat\n\n", "data: a\n\n"},
			{"data: a\n\n", "event: 完成\nid: 9\n\n"},
			{"event: close\nretry: 5000\n\n", "@wait 2s"},
			{"id: 7\nevent: done\n\n", "data: a\n\n"},
		},
		"one_line_event": {
			{"data: {\"n\":1} event: tick\n\n"},
			{"event: 报价, data: 5\n\n"},
			{"id: 4 event: x data: {\"n\":1}\n\n"},
			{"event: a\tdata:b\n\nevent: a\tdata:c\n\n"},
		},
		"events_merged": {
			{"event: a\ndata: 1\nevent: b\ndata: 2\n\n"},
			{"id: x\nevent: t\ndata: 1\nid: y\nevent: t\ndata: 2\n\n"},
			{events(`[1]`, `[2]`) + "data: [3]\ndata: [4]\n\n"},
		},
		"framed_twice": {
			{events(`{"t":"a"}`, `{"t":"b"}`, "data: [DONE]"), "@end"},
			{"data:data:1\n\ndata:data:2\n\n"},
			{"data: event: 更新\ndata: data: a\n\n", "data: event: 更新\ndata: data: b\n\n"},
			{"data: id: 1\ndata: data: x\n\n", "data: id: 2\ndata: data: y\n\n", "data: id: 3\ndata: data: z\n\n"},
		},
		"comment_as_data": {
			{"data: : ping\n\n", "data: 5\n\n", "data: : ping\n\n"},
			{"data: : 等待中\n\n", "data: : 等待中\n\n"},
			{"event: m\ndata: : PROCESSING\n\n", "event: m\ndata: : PROCESSING\n\n"},
		},
		"type_of_eventsource": {
			{"event:error\ndata:没有库存\n\n"},
			{"event: open\nid: 4\ndata: {}\n\n"},
			{"data: boom\nevent: error\n\n"},
		},
		"type_with_blank": {
			{"event: \u200b价格\ndata: 1\n\n"},
			{"event: 报价 \ndata: 1\n\n"},
			{"event:  tick\ndata: 1\n\n"},
			{"event: tick\t\r\ndata: 1\r\n\r\n"},
		},
		"equals_sign": {
			{"event=tick\ndata: a\n\n"},
			{"data = {\"n\":1}\n\n"},
			{"id=4\r\ndata: b\r\n\r\n"},
		},
		"full_width_colon": {
			{"event：报价\ndata: 1\n\n"},
			{"data： {\"n\":1}\n\n"},
			{"id：4\ndata: a\n\n"},
		},
		"hash_comment": {
			{"#\n", "data: a\n\n"},
			{"data: a\n\n#心跳\n\n"},
			{"## connected: yes\r\n", "data: b\r\n\r\n"},
		},
		"head_in_body": {
			{"HTTP/1.1 200 OK\r\n\r\n", "data: a\n\n"},
			{"X-Powered-By: x\nContent-type: text/event-stream\n\n", "data: b\n\n"},
			{"data: a\n\nSet-Cookie: a=b\n\n"},
		},
		"chunk_size_in_body": {
			{"1b\r\n" + events("1", "2", "3") + "\r\n", "@wait 2s"},
			{"a\r\ndata: ab\n\n\r\n", "a\r\ndata: cd\n\n\r\n"},
			{"14;x=y\r\nid: 1\ndata: 中文\n\n\r\nb\r\n: comment\n\n\r\n"},
			{"data: a\n\n", "1F\r\nid: 1\ndata: {\"n\":1,\"m\":[1,2]}\n\n\r\n", "7\r\ndata: \n\r\n"},
		},
		"html_in_stream": {
			{"data: a\n\n", "<!DOCTYPE html>\n<title>502</title>\n502 Bad Gateway\n</html>\n", "@end"},
			{"<b>Deprecated</b>: x in <b>/a</b> on line <b>7</b><br />\n", "data: a\n\n"},
			{"id: 1\ndata: a\n\n", "<?xml version=\"1.0\"?>\n<error>kein Platz: voll</error>\n", "id: 2\ndata: b\n\n"},
		},
		"json_in_stream": {
			{"data: a\n\n", `{"detail":"限流"}`, "@end"},
			{"id: 1\n{\"n\":1}\n\n", "id: 2\n{\"n\":2}\n\n"},
			{"data: a\n\n", `[{"error":5}]` + "\n"},
		},
		"json_lines": {
			{"[\"log\",1]\n", "[\"log\",2]\n"},
			{"{\"a\":1}\r\n{\"a\":2}\r\n"},
			slowly("{\"消息\":\"早\"}\n", "{\"消息\":\"晚\"}\n"),
			{"{\"a\":[1]}\n", "{\"b\":\"x: y\"}\n", "@end"},
		},
		"not_a_stream": {
			slowly("{\n \"code\": 5,\n", " \"msg\": \"x\"\n}\n"),
			slowly("<rss>\n<item/>\n", "</rss>\n"),
			{`[1,2,3]`, "@end"},
		},
		"payload_in_comments": {
			{": data: 1\n\n", ": data: 2\n\n", ": data: 3\n\n"},
			{":event: a\n:data: 早\n\n"},
			{strings.Repeat(`: {"n":1}`+"\n", 4)},
		},
		"blank_line_with_blanks": {
			{"event: 行\r\ndata: 1\r\n\t\r\n", "event: 行\r\ndata: 2\r\n\t\r\n"},
			slowly("data: a\n  \n", "data: b\n  \n", "data: c\n  \n", "data: d\n  \n"),
			{"id: 1\ndata: {}\n\n", "id: 2\ndata: {}\n \n", "id: 3\ndata: {}\n\n"},
		},
		"payload_line_lost": {
			{"data: [\n  1,\n  2\n]\n\n"},
			{"id: 1\r\ndata: {\r\n  \"名\": \"茶\"\r\n}\r\n\r\n"},
			{"data: <item>\n  <n>1</n>\n</item>\n\n"},
		},
		"from_cache": {
			{"@header Cache-Status: edge; hit; ttl=30", "data: a\n\n"},
			{"@header X-Cache: HIT from proxy", "data: a\n\n"},
			{"@header Age: 7", "data: a\n\n"},
		},
		"utf16": {
			{"d\x00\x00\x00a\x00\x00\x00t\x00\x00\x00a\x00\x00\x00:\x00\x00\x00a\x00\x00\x00\n\x00\x00\x00\n\x00\x00\x00"},
			{"\xfe\xff\x00d\x00a\x00t\x00a\x00:\x00a\x00\n\x00\n"},
			{"\x00d\x00a\x00t\x00a\x00:\x00a\x00\n\x00\n"},
			slowly("d\x00a\x00t\x00a\x00:\x00 \x00{\x00"),
		},
		"compressed_undeclared": {
			{"\x1f\x8b\x08\x00abc", "@end"},
			slowly("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"),
			{"\x28\xb5\x2f\xfd\x00\n"},
		},
		"retry_empty":      {{"retry\n\n"}, {"retry: \ndata: a\n\n"}, {"retry: 9000\n\nretry:\r\n\r\n"}},
		"retry_in_seconds": {{"retry: 1\n\n"}, {"retry:30\ndata: a\n\n"}, {"retry: 60\r\n\r\n"}},
		"id_emptied":       {{numbered("a", "b") + "id\ndata: x\n\n"}, {numbered("1") + "data: y\nid:\n\n"}, {"id: 消息\ndata: a\n\nid: \ndata: b\n\n"}},
		"id_of_nothing":    {{numbered("null", "null")}, {"id:None\ndata:1\n\n"}, {"data: 1\nid: NaN\n\n"}},
		"id_gap": {
			{numbered("10", "11", "12", "15", "16")},
			{numbered("o-1", "o-2", "o-3", "o-4", "o-9", "o-10")},
			{numbered("消息7", "消息8", "消息9", "消息20", "消息21", "消息22")},
		},
		"id_backwards": {
			{numbered("2026-01-05T10:00:01Z", "2026-01-05T10:00:02Z", "2026-01-05T10:00:03Z", "2026-01-05T09:59:00Z")},
			{numbered("7", "8", "9", "11", "10", "12")},
			{numbered("1717000000001-0", "1717000000001-1", "1717000000002-0", "1717000000001-2")},
			{numbered("01HZX5J6A0AAAAAAAAAAAAAAAA", "01HZX5J6B0AAAAAAAAAAAAAAAA", "01HZX5J6C0AAAAAAAAAAAAAAAA", "01HZX5J6A1AAAAAAAAAAAAAAAA")},
			{numbered("1717000000000", "1717000000100", "1717000000300", "1717000000200")},
			{numbered("0190a5d0-0001-7aaa-8aaa-000000000001", "0190a5d0-0002-7aaa-8aaa-000000000001", "0190a5d0-0003-7aaa-8aaa-000000000001", "0190a5d0-0001-7bbb-8aaa-000000000001")},
			{numbered("k/1", "k/2", "k/3", "k/6", "k/7", "k/5")},
		},
		"id_repeated": {
			{numbered("a", "a", "b", "b")},
			{"id: 早\ndata: 1\n\nid: 早\ndata: 1\n\nid: 晚\ndata: 2\n\nid: 晚\ndata: 2\n\n"},
			{numbered("7f", "7f", "7f", "9c", "9c", "9c")},
		},
		"other_instance": {
			{numbered("web1-17", "web1-18", "web1-19"), "@end", numbered("web2-3", "web2-4")},
			{numbered("east/1", "east/2", "east/3"), "@end", numbered("west/1", "west/2")},
			{numbered("甲-5", "甲-6", "甲-7"), "@end", numbered("乙-90", "乙-91")},
			{numbered("pod-x7:17", "pod-x7:18", "pod-x7:19"), "@end", numbered("pod-q2:3", "pod-q2:4")},
		},
		"events_doubled": {
			{numbered("1", "2") + "data: tail\n\n", "@end", "data: tail\n\n" + numbered("4")},
			{numbered("u1", "u7", "u3"), "@end", numbered("u3", "u9")},
			{numbered("1", "2", "3"), "@end", numbered("2", "3", "4")},
		},
		"events_missing": {
			{numbered("1", "2", "3"), "@end", numbered("9", "10", "11")},
			{numbered("s-1", "s-2", "s-3", "s-4"), "@end", numbered("s-8", "s-9", "s-10", "s-11")},
			{numbered("消息1", "消息2", "消息3"), "@end", numbered("消息5", "消息6", "消息7")},
		},
		"last_event_id_ignored": {
			{numbered("a", "b", "c"), "@end", numbered("a", "b")},
			{numbered("10", "11", "12"), "@end", numbered("5", "6")},
			{numbered("x-1", "x-2"), "@end", numbered("x-1", "x-2", "x-3")},
		},
		"object_object":            {{"event: a\ndata: [object Object]\n\n"}, {"data:[object Object]\n\n"}, {events(`{"n":1}`, "[object Object]")}, {events(`{"user":"[object Promise]"}`)}},
		"json_trailing_comma":      {{events(`[1,2,]`)}, {events(`{"a":{"b":[],}}`)}, {"data: {\ndata:   \"早\": 1,\ndata: }\n\n"}},
		"json_nan":                 {{events(`{"x":-Infinity}`)}, {events(`[1.5,NaN]`)}, {events(`{"值":undefined}`)}},
		"json_of_another_language": {{events(`{"ok": True}`)}, {events(`['a', 'b']`)}, {events(`{"x": None, "早": 1}`)}},
		"json_cut":                 {{events(`{"a":1}`, `{"a":2}`, `{"a":"早上`)}, {events(`[1]`, `[2]`, `[3,`)}, {events(`{"a":1}`, `{"a":2}`, `{"a"`)}, {events(`{"a":`, `{"a":2}`, `{"a":3}`)}, {events(`{"a":"1`, `{"a":"2`, `{"a":"3`)}},
		"json_two":                 {{events(`[1]`, `[2]`, `[3] [4]`)}, {events(`{}{}`, `{}{}`)}, {events(`{"早":1}`, `{"早":2}`, `{"早":3} trailing`)}},
		"json_invalid":             {{events(`{"a":1}`, `{"a":2}`, `{a:3}`)}, {events(`[1]`, `[2]`, `[03]`)}, {events(`{"a":"x"}`, `{"a":"y"}`, "{\"a\":\"\t\"}")}},
		"json_bom":                 {{"data:\uFEFF[1]\n\n"}, {events(`{"a":1}`, "\uFEFF"+`{"a":2}`)}, {"event: 早\ndata: \uFEFF{}\n\n"}},
		"json_in_string":           {{events(`"[1,2]"`)}, {events(`"{\"早\":\"上\"}"`)}, {"event: a\ndata: \"{}\"\n\n"}},
		"json_integer_large":       {{events(`[12345678901234567]`)}, {events(`{"id":-9007199254740993}`)}, {events(`{"a":{"b":[1,1145141919810893931]}}`)}},
		"json_half_character":      {{events(`{"t":"\uDE00"}`)}, {events(`["a\ud83dz"]`)}, {events(`{"t":"\ud83d\ud83d\ude00"}`)}},
		"error_in_data":            {{events(`{"a":1}`, `{"a":2}`, `{"error":{"code":5}}`)}, {events(`[1]`, `[2]`, `{"type":"x","error":"满"}`)}, {events(`{"id":1}`, `{"id":2}`, `{"jsonrpc":"2.0","error":{"code":-32000}}`)}},
		"json_and_text":            {{events(`{"a":1}`, `{"a":2}`, "heartbeat", `{"a":3}`)}, {events(`[1]`, `[2]`, "在线", `[3]`)}, {events(`{}`, "ping", `{}`, "ping", `{}`)}, {"event: m\n" + events(`{}`), "event: m\n" + events(`{}`), "event: m\ndata: keepalive\n\n", "event: m\n" + events(`{}`)}},
		"sequence_gap":             {{events(`{"sequence":1}`, `{"sequence":2}`, `{"sequence":3}`, `{"sequence":5}`, `{"sequence":6}`)}, {events(`{"m":{"seq":7}}`, `{"m":{"seq":8}}`, `{"m":{"seq":9}}`, `{"m":{"seq":19}}`, `{"m":{"seq":20}}`)}, {events(`{"a":0,"seqNo":1}`, `{"a":0,"seqNo":2}`, `{"a":0,"seqNo":3}`, `{"a":0,"seqNo":9}`, `{"a":0,"seqNo":10}`)}},
		"sequence_backwards":       {{events(`{"sequence":1}`, `{"sequence":2}`, `{"sequence":3}`, `{"sequence":6}`, `{"sequence":5}`)}, {events(`{"seq_no":4}`, `{"seq_no":5}`, `{"seq_no":6}`, `{"seq_no":5}`)}, {events(`{"早":1,"seq":11}`, `{"seq":12}`, `{"seq":13}`, `{"seq":15}`, `{"seq":14}`)}},
		"answer_unfinished":        {{"event: message_start\n" + events(`{"type":"message_start"}`), "event: ping\n" + events(`{"type":"ping"}`), "@end"}, {events(`{"candidates":[{"content":{"parts":[]}}]}`, `{"candidates":[{"content":{"parts":[]}}]}`), "@end"}, {events(`{"choices":[{"finish_reason":null}]}`, `{"choices":[{"finish_reason":null}]}`), "@end"}, {events(`{"a":"早","finishReason":null}`, `{"a":"上","finishReason":null}`), "@end"}, {events(`{"t":"x","stopReason":null}`, `{"t":"y","stopReason":null}`), "@end"}},
	}
	for code, examples := range tests {
		if len(examples) < 3 {
			t.Errorf("%s: only %d examples", code, len(examples))
		}
		for _, e := range examples {
			p := newPlayer(t)
			p.play(e)
			if got := p.codes(); !slices.Contains(got, code) {
				t.Errorf("%s: found %q in %q", code, got, e)
			}
		}
	}
}

// What looks odd and is right.
func TestWhatOnlyLooksOddIsNoFault(t *testing.T) {
	var polls Example
	for n := range 12 {
		polls = append(polls, "retry: 100\n\n", "@wait 300ms", fmt.Sprintf("id: %d\ndata: a\n\n", n), "@end")
	}
	tests := map[string]Example{
		"ids of a transaction":             {"id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\nid: 3\ndata: d\n\nid: 4\ndata: e\n\n"},
		"comments with JSON":               {`: {"up":1}` + "\n\n", `: {"up":2}` + "\n\n", "data: a\n\n"},
		"numbers of two writers":           {"data:1\n\ndata: 2\n\n"},
		"things to do":                     {"id: 1\n" + events(`{"todo":"a","done":false}`, `{"todo":"b","done":false}`), "@end", "@wait 1s"},
		"coding that nobody knows":         {"@header Content-Encoding: utf-8", "data: a\n\n"},
		"topics that alternate":            {numbered("room1-5", "room1-6", "room1-7", "room2-1", "room1-8", "room1-9", "room1-10"), "@end", numbered("room2-2", "room1-11")},
		"tokens that begin as JSON":        {events(`{"`, "name", `":1},`, `{"`, "name", `":2},`, `{"`, "name", `":3}`)},
		"heartbeat of a sign":              {events(`{"a":1}`, `{"a":2}`, "💓", `{"a":3}`, "💓", `{"a":4}`)},
		"types with payloads of their own": {"event: add\n" + events(`{"id":1}`), "event: add\n" + events(`{"id":2}`), "event: del\n" + events("1"), "event: add\n" + events(`{"id":3}`)},
		"endpoint before JSON":             {"event: endpoint\ndata: /m?s=1\n\n", "event: message\n" + events(`{"jsonrpc":"2.0"}`), "event: message\n" + events(`{"jsonrpc":"2.0"}`)},
		"words of an answer":               {"data: The\n\ndata:  {\n\ndata: \"a\"\n\ndata: :\n\ndata:  [\n\ndata: }\n\n"},
		"numbers":                          {events("1", "2.5", "-3", "0", "true", "null")},
		"pretty JSON":                      {"data: {\ndata:   \"a\": [\ndata:     1\ndata:   ]\ndata: }\n\n"},
		"escapes in JSON":                  {`data: {"t":"data: a\n\ndata: b\n\n"}` + "\n\n", "@wait 3s"},
		"emoji in JSON":                    {events(`{"t":"\ud83d\ude00 😀"}`)},
		"large float and exact integers":   {events(`{"a":1e300,"b":12345678901234567.5,"c":9007199254740992,"d":1721000000000000000}`)},
		"sequences that begin again":       {events(`{"seq":0}`, `{"seq":1}`, `{"seq":2}`, `{"seq":0}`, `{"seq":1}`, `{"seq":2}`, `{"seq":0}`)},
		"ids of partitions":                {numbered(`[{"topic":"a","partition":0,"offset":5}]`, `[{"topic":"a","partition":0,"offset":6}]`, `[{"topic":"a","partition":1,"offset":2}]`)},
		"Redis ids":                        {numbered("1721000000000-0", "1721000000000-1", "1721000000001-0", "1721000000009-0")},
		"Redis ids resumed":                {"@header Cache-Control: no-store", numbered("1721000000000-0", "1721000000000-1", "1721000000000-2"), "@end", numbered("1721000000007-0", "1721000000009-0")},
		"ids of an instance":               {numbered("pod-a:15", "pod-a:16", "pod-a:17"), "@end", numbered("pod-a:18", "pod-a:19")},
		"greeting with an id":              {"id: hello\ndata: hi\n\n" + numbered("1", "2", "3"), "@end", "id: hello\ndata: hi\n\n" + numbered("4", "5"), "@end", "id: hello\ndata: hi\n\n" + numbered("6")},
		"snapshot of the same version":     {"event: state\nid: 7\ndata: {}\n\n", "@end", "event: state\nid: 7\ndata: {}\n\n", "@end", "event: state\nid: 7\ndata: {}\n\n"},
		"snapshot after patches":           {"event: state\nid: 7\ndata: {}\n\n", "event: patch\nid: 8\ndata: {}\n\n", "@end", "event: state\nid: 8\ndata: {}\n\n", "event: patch\nid: 9\ndata: {}\n\n"},
		"heartbeat with the latest id":     {numbered("1", "2", "3") + "event: ping\nid: 3\ndata: x\n\nevent: ping\nid: 3\ndata: x\n\n" + numbered("4")},
		"greeting without an id":           {"data: hi\n\n" + numbered("1", "2"), "@end", "data: hi\n\n" + numbered("3")},
		"answer with a mark":               {events(`{"choices":[{"finish_reason":null}]}`, `{"choices":[{"finish_reason":null}]}`, `{"choices":[{"finish_reason":"stop"}]}`, "[DONE]"), "@end", "@wait 1s"},
		"answer of typed events":           {"event: message_start\n" + events(`{"type":"message_start"}`), "event: message_stop\n" + events(`{"type":"message_stop"}`), "@end", "@wait 1s"},
		"answer of GraphQL":                {"event: next\n" + events(`{"data":{"a":1}}`), "event: complete\ndata:\n\n", "@end", "@wait 1s"},
		"answer of GraphQL without data":   {"event: next\n" + events(`{"data":{"a":1}}`), "event: complete\n\n", "@end", "@wait 1s"},
		"done":                             {events(`{"p":50}`), "event: done\ndata: {}\n\n", "@end", "@wait 1s"},
		"slow event of many lines":         slowly("data: a\n", "data: b\n", "\n"),
		"half an event":                    slowly("data: {\"a\"", ":1}\n\n"),
		"comments with a colon":            slowly(": time: 12:00\n\n", ": time: 12:01\n\n"),
		"text that begins with a field":    {events("id: 1 paid", "id: 2 shipped", "id: 3 paid"), events("event: door open", "event: door closed")},
		"YAML, line by line":               {events("kind: Order", "id: 5", "data: tea", "kind: Order", "id: 6", "data: ink")},
		"log of several processes":         {events("[0] compiled", "[1] listening", "[1] [INFO] GET /", "[0] [HMR] up")},
		"log of Python":                    {events("started", "args: 3", "{'a': True}", "['x']", "stopped")},
		"log of Node":                      {events("started", "{ a: 1 }", "[ 'a', 'b' ]", "[ 1, 2, ]")},
		"words as JSON strings":            {events(`"The"`, `" list"`, `"[1]"`, `" or"`, `"{}"`)},
		"indented, no space after data":    {"data:<div>\ndata:  <p>a</p>\ndata:</div>\n\ndata:{\ndata:  \"a\": {\ndata:  }\ndata:}\n\n"},
		"sequences of several rooms":       {events(`{"seq":1}`, `{"seq":2}`, `{"seq":3}`, `{"seq":907}`, `{"seq":4}`, `{"seq":908}`, `{"seq":5}`, `{"seq":909}`)},
		"greeting of several comments":     {": a\n\n", ": b\n\n", ": c\n\n", ": d\n\n", ": e\n\n", ": f\n\n", "@wait 6s"},
		"slow comments of JSON":            {": {\"beat\":1}\n\n", "@wait 5s", ": {\"beat\":2}\n\n", "@wait 5s", ": {\"beat\":3}\n\n", "@wait 5s", ": {\"beat\":4}\n\n", "@wait 5s", ": {\"beat\":5}\n\n"},
		"ids are dates":                    {numbered("2026-01-07", "2026-01-08", "2026-01-09", "2026-01-12", "2026-01-13")},
		"ids are times of day":             {numbered("09:00:57", "09:00:58", "09:00:59", "09:01:00", "09:01:02"), numbered("a/09:15:01", "a/09:15:02", "a/09:15:03", "a/09:15:07", "a/09:15:08")},
		"ids are times without signs":      {numbered("20261129015957", "20261129015958", "20261129015959", "20261129020000", "20261129020001")},
		"ids are seconds":                  {numbered("1764381600", "1764381601", "1764381602", "1764381604", "1764381605"), "@end", numbered("1764381700", "1764381701", "1764381702")},
		"numbered answer asked for again":  {"id: 1\n" + events(`{"t":"a","finish_reason":null}`) + "id: 2\n" + events(`{"t":"b","finish_reason":"stop"}`), "@end", "id: 1\n" + events(`{"t":"a","finish_reason":null}`) + "id: 2\n" + events(`{"t":"b","finish_reason":"stop"}`), "@end", "@wait 1s"},
		"long polls":                       polls,
		"greeting that names fields":       {": id: k7\n: retry: 3000\n\n", "@wait 1s", "data: a\n\n"},
		"JSON by a writer without space":   {"data:{\"a\":1}\n\ndata:{\"a\":2}\n\ndata: [DONE]\n\n"},
	}
	for name, e := range tests {
		p := newPlayer(t)
		p.play(e)
		if got := p.codes(); got != nil {
			t.Errorf("%s: found %q: %v", name, got, p.problems[0].Data)
		}
	}
}

// Lines after data in a block may be the rest of a payload with line feeds in it.
func TestRestOfAPayloadIsRecognized(t *testing.T) {
	for rest, want := range map[string]string{
		"# heading": "no_field", "location: hall": "unknown_field", "id=5": "no_field", "[INFO] started": "no_field", "  \"n\": 1,": "unknown_field",
		"Cache-Control: none": "unknown_field",
	} {
		p := newPlayer(t)
		p.play(Example{"data: a\n" + rest + "\n\n"})
		if got := p.codes(); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: found %q, want %s", rest, got, want)
		}
	}
	p := newPlayer(t)
	p.play(Example{"data: <div>\n<p>a</p>\n</div>\n\n"})
	if got := p.codes(); !slices.Equal(got, []string{"payload_line_lost"}) {
		t.Errorf("HTML: found %q", got)
	}
}

func TestBatchesOfJSONLinesAreNotTakenForMergedEvents(t *testing.T) {
	p := newPlayer(t)
	p.play(Example{
		"data: {\"n\":1}\ndata: {\"n\":2}\n\n", events(`{"n":3}`, `{"n":4}`),
		"data: {\"n\":5}\ndata: {\"n\":6}\n\n", events(`{"n":7}`),
	})
	if got := p.codes(); !slices.Equal(got, []string{"json_two"}) {
		t.Errorf("found %q", got)
	}
}

func TestOneFaultHasOneName(t *testing.T) {
	for want, e := range map[string]Example{
		"json_in_stream":         {"data: a\n\n", "{\n  \"error\": \"full\",\n  \"after\": 3\n}\n"},
		"payload_line_lost":      {"data: {\n  \"n\": 1\n}\n\n"},
		"blank_line_with_blanks": slowly("data: a\n \n", "data: b\n \n", "data: c\n \n", "data: d\n \n", "data: e\n \n", "data: f\n \n", "data: g\n \n"),
	} {
		p := newPlayer(t)
		p.play(e)
		if got := p.codes(); !slices.Equal(got, []string{want}) {
			t.Errorf("found %q, want %s", got, want)
		}
	}
}

func TestJSONLinesOfAnotherTypeAreCalledThat(t *testing.T) {
	for data, want := range map[string]string{
		"{\"a\":1}\n{\"a\":2}\n":    "json_lines",
		"{\"a\":1}\r\n{\"a\":":      "not_a_stream",
		"{\n\"a\": 1\n}\n":          "not_a_stream",
		"<html>\n{\"a\":1}\n{}\n":   "not_a_stream",
		"{\"消息\":1}\n{\"消息\":2}\n{": "json_lines",
	} {
		var j Judge
		r := record.Record{
			Kind: record.Fail, Call: record.Subscribe, Failure: record.NotAStream, Status: 200, ContentType: "application/x-ndjson",
			Header: map[string][]string{}, Data: data,
		}
		var got []string
		for _, p := range j.Add(r) {
			got = append(got, p.Type)
		}
		if !slices.Equal(got, []string{"content_type", want}) {
			t.Errorf("%q: found %q, want %s", data, got, want)
		}
	}
}

// A feed may write all prices of one time together, every two seconds.
func TestEventsOfOneTimeAreNoLumpOfAProxy(t *testing.T) {
	feed := func(apart time.Duration) (e Example) {
		for lump := range 5 {
			var text string
			for n := range 6 {
				at := time.Date(2026, 1, 1, 9, 0, 2*lump, 0, time.UTC).Add(time.Duration(n) * apart)
				text += events(`{"at":"` + at.Format(time.RFC3339Nano) + `"}`)
			}
			e = append(e, "@wait 2s", text)
		}
		return append(e, "@end")
	}
	for apart, want := range map[time.Duration][]string{0: nil, 300 * time.Millisecond: {"buffering", "held_back"}} {
		p := newPlayer(t)
		p.play(feed(apart))
		if got := p.codes(); !slices.Equal(got, want) {
			t.Errorf("%s apart: found %q, want %q", apart, got, want)
		}
	}
}
