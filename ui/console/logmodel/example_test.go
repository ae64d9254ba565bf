package logmodel_test

import (
	"fmt"
	"time"

	"sseconsole/ui/console/logmodel"
)

func ExampleParseTime() {
	selected := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	newest := selected.Add(time.Hour)
	for _, text := range []string{"-5m", "11:59:30.5", "23:00"} {
		at, ok := logmodel.ParseTime(text, selected, newest)
		fmt.Println(at.Format("2006-01-02 15:04:05.0"), ok)
	}
	// Output:
	// 2026-03-04 11:55:00.0 true
	// 2026-03-04 11:59:30.5 true
	// 2026-03-03 23:00:00.0 true
}
