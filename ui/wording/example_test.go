package wording_test

import (
	"fmt"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func Example() {
	r := &record.Record{Kind: record.Reconnect, Delay: 3 * time.Second, Source: record.FromRetry}
	for _, language := range catalogue.Languages() {
		w := wording.New(language)
		fmt.Println(w.KindName(r.Kind)+":", w.Summary(r))
	}
	// Output:
	// reconnect: in 3 s (set by retry)
	// 重连: 3 秒后（由 retry 指定）
}
