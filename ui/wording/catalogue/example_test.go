package catalogue_test

import (
	"fmt"
	"time"

	"sseconsole/ui/wording/catalogue"
)

func ExampleTexts_T() {
	en, zh := catalogue.New(catalogue.English), catalogue.New(catalogue.Chinese)
	fmt.Println(en.T("row.events", "N", 1), "in", en.Duration(1300*time.Millisecond))
	fmt.Println(zh.T("row.events", "N", 1), zh.Duration(1300*time.Millisecond))
	// Output:
	// 1 event in 1.3 s
	// 1 个事件 1.3 秒
}
