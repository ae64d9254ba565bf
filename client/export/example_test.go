package export_test

import (
	"fmt"
	"os"
	"slices"

	"sseconsole/client/export"
	"sseconsole/client/record"
)

func Example() {
	records := slices.Values([]*record.Record{
		{Seq: 1, Kind: record.Event, Type: "login", Data: `{"user":"alice","pin":"1234"}`},
	})
	mask := export.NewMask([]string{"pin"})
	if err := export.NDJSON(os.Stdout, mask.Records(records)); err != nil {
		fmt.Println(err)
	}
	// Output: {"seq":1,"time":"0001-01-01T00:00:00Z","kind":"event","type":"login","data":"{\"user\":\"alice\",\"pin\":\"****\"}"}
}
