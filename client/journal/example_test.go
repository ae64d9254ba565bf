package journal_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

func Example() {
	tmp, err := os.MkdirTemp("", "journal")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(tmp)
	dir := filepath.Join(tmp, "runs")

	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		log.Fatal(err)
	}
	for _, data := range []string{"one", "two", "three"} {
		j.Append(record.Record{Kind: record.Event, Target: "embedded", Data: data})
	}
	if err := j.Close(); err != nil {
		log.Fatal(err)
	}

	runs, err := journal.Runs(dir)
	if err != nil {
		log.Fatal(err)
	}
	for _, run := range runs {
		fmt.Println(run.Records, "records of", run.Targets)
		r, err := journal.OpenRun(run.Path)
		if err != nil {
			log.Fatal(err)
		}
		for rec := range r.Scan(r.Bounds()) {
			fmt.Println(rec.Seq, rec.Kind, rec.Data)
		}
		r.Close()
	}
	// Output:
	// 3 records of [embedded]
	// 1 event one
	// 2 event two
	// 3 event three
}
