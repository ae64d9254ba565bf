// Package compare measures the journal's file against two embedded databases. It is
// a separate module, so that the program does not depend on them:
//
//	cd client/journal/compare && go test -bench . -benchtime 5x
//
// All three preserve the records when the process is killed, but do not wait for the
// disk: bbolt runs without sync, SQLite with a write-ahead log and synchronous off.
// The databases receive the record as bytes of the size that it has in the journal's
// file, which saves them the encoding. They commit every 1,000 records, which is
// every 100 ms at 10,000 records a second.
package compare

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	_ "modernc.org/sqlite"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

const (
	records  = 500_000
	perBatch = 1000
	codeSize = 207 // size of event in the journal's file
	rows     = 40  // on a page
)

func event(n int64) record.Record {
	data := fmt.Sprintf(`{"n":%d,"symbol":"ACME","price":%d.25,"text":"%080d"}`, n, n%1000, n)
	return record.Record{
		Time: time.Unix(1.7e9, n), Kind: record.Event, Target: "embedded", ClientID: "alice", Conn: 1,
		Type: "message", ID: fmt.Sprint(n), Data: data, Raw: fmt.Appendf(nil, "id: %d\ndata: %s\n\n", n, data),
		Offset: n * 150, FirstChunk: int(n), LastChunk: int(n),
	}
}

func must(b *testing.B, err error) {
	if err != nil {
		b.Fatal(err)
	}
}

func key(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// A store fills a directory with all records; page reads some of them.
type store struct {
	name string
	fill func(b *testing.B, dir string)
	page func(b *testing.B, dir string) (read func(from int64) int, close func())
}

func stores() []store {
	openBolt := func(b *testing.B, dir string) *bbolt.DB {
		db, err := bbolt.Open(filepath.Join(dir, "db"), 0o600, &bbolt.Options{NoSync: true, NoFreelistSync: true})
		must(b, err)
		return db
	}
	openSQLite := func(b *testing.B, dir string) *sql.DB {
		db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(off)")
		must(b, err)
		return db
	}
	return []store{{
		name: "journal",
		fill: func(b *testing.B, dir string) {
			j, err := journal.Create(journal.Config{Dir: dir})
			must(b, err)
			r := event(records) // made once, so that its cost does not count
			for range records {
				j.Append(r)
			}
			must(b, j.Close())
		},
		page: func(b *testing.B, dir string) (func(int64) int, func()) {
			runs, err := journal.Runs(dir)
			must(b, err)
			r, err := journal.OpenRun(runs[0].Path)
			must(b, err)
			return func(from int64) (n int) {
				for seq := from; seq < from+rows; seq++ {
					if r.At(seq) != nil {
						n++
					}
				}
				return n
			}, func() { r.Close() }
		},
	}, {
		name: "bbolt",
		fill: func(b *testing.B, dir string) {
			db := openBolt(b, dir)
			defer db.Close()
			value := make([]byte, codeSize)
			for n := int64(0); n < records; {
				must(b, db.Update(func(tx *bbolt.Tx) error {
					bucket, err := tx.CreateBucketIfNotExists([]byte("records"))
					must(b, err)
					bucket.FillPercent = 0.95 // keys only grow
					for range perBatch {
						n++
						must(b, bucket.Put(key(n), value))
					}
					return nil
				}))
			}
		},
		page: func(b *testing.B, dir string) (func(int64) int, func()) {
			db := openBolt(b, dir)
			return func(from int64) (n int) {
				must(b, db.View(func(tx *bbolt.Tx) error {
					c := tx.Bucket([]byte("records")).Cursor()
					for k, v := c.Seek(key(from)); k != nil && n < rows; k, v = c.Next() {
						_ = append([]byte(nil), v...)
						n++
					}
					return nil
				}))
				return n
			}, func() { db.Close() }
		},
	}, {
		name: "SQLite",
		fill: func(b *testing.B, dir string) {
			db := openSQLite(b, dir)
			defer db.Close()
			_, err := db.Exec("create table records (seq integer primary key, code blob)")
			must(b, err)
			value := make([]byte, codeSize)
			for n := int64(0); n < records; {
				tx, err := db.Begin()
				must(b, err)
				insert, err := tx.Prepare("insert into records values (?, ?)")
				must(b, err)
				for range perBatch {
					n++
					_, err := insert.Exec(n, value)
					must(b, err)
				}
				must(b, tx.Commit())
			}
		},
		page: func(b *testing.B, dir string) (func(int64) int, func()) {
			db := openSQLite(b, dir)
			query, err := db.Prepare("select code from records where seq >= ? order by seq limit ?")
			must(b, err)
			return func(from int64) (n int) {
				found, err := query.Query(from, rows)
				must(b, err)
				defer found.Close()
				var code []byte
				for found.Next() {
					must(b, found.Scan(&code))
					n++
				}
				return n
			}, func() { query.Close(); db.Close() }
		},
	}}
}

// BenchmarkAppend writes half a million records to a new file and closes it.
func BenchmarkAppend(b *testing.B) {
	for _, s := range stores() {
		b.Run(s.name, func(b *testing.B) {
			dir := ""
			for b.Loop() {
				dir = b.TempDir()
				s.fill(b, dir)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
			var size int64
			must(b, filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
				if err == nil && !info.IsDir() {
					size += info.Size()
				}
				return err
			}))
			b.ReportMetric(float64(size)/records, "file-B/record")
		})
	}
}

// BenchmarkPage reads 40 consecutive records at random positions, 1,000 times.
func BenchmarkPage(b *testing.B) {
	for _, s := range stores() {
		b.Run(s.name, func(b *testing.B) {
			dir := b.TempDir()
			s.fill(b, dir)
			read, done := s.page(b, dir)
			defer done()
			for b.Loop() {
				for range 1000 {
					if n := read(1 + rand.Int64N(records-rows)); n != rows {
						b.Fatalf("read %d rows", n)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/page")
		})
	}
}
