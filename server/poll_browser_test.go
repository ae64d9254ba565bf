package server_test

import (
	"fmt"
	"testing"

	"sseconsole/server"
)

// An EventSource that polls receives a thousand messages, sent during and between polls,
// once and in order.
func TestBrowserPolls(t *testing.T) {
	p := newPage(t)
	f := start(t, server.Config{})
	type outcome struct {
		Error string
		Got   map[string]string // by mode: "" if all arrived in order
		Polls map[string]int
	}
	var got outcome
	p.visit("localhost", fmt.Sprintf(`
		const base = "http://%s/demo/sse/", sends = 1000, Got = {}, Polls = {};
		await Promise.all(["long", "short"].map(async mode => {
			const source = new EventSource(base + "subscribe?mode=" + mode + "&clientId=" + mode);
			const data = [];
			source.onmessage = e => data.push(e.data);
			Polls[mode] = 0;
			source.onopen = () => Polls[mode]++;
			const over = () => new Promise(done => source.addEventListener("error", done, {once: true}));
			const send = async n => {
				for (;;) {
					const answer = await fetch(base + "send?clientId=" + mode + "&content=" + n);
					if (answer.status === 200) return;
					if (answer.status !== 503) throw "send " + n + ": " + answer.status;
					await over(); // after the next poll more can be stored
				}
			};
			await new Promise(done => source.addEventListener("open", done, {once: true}));
			if (mode === "short") await over(); // the first poll
			for (let n = 0; n < sends; n++) await send(n);
			while (data.length < sends) await over();
			await send(sends); // the poll that delivers it repeats nothing
			while (data.length < sends + 1) await over();
			source.close();
			const wrong = data.findIndex((d, n) => d !== String(n));
			Got[mode] = data.length !== sends + 1 ? data.length + " messages" : wrong < 0 ? "" : data[wrong] + " in the place of " + wrong;
		}));
		report({Got, Polls});
	`, f.addr), &got)
	if got.Error != "" || got.Got["long"] != "" || got.Got["short"] != "" || got.Polls["long"] < 2 || got.Polls["short"] < 2 {
		t.Errorf("%+v", got)
	}
}
