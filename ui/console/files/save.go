package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"sseconsole/client/export"
	"sseconsole/client/record"
	"sseconsole/ui/console/file"
)

// Source provides the records to save: a *journal.Journal or a *journal.Reader.
type Source interface {
	At(seq int64) *record.Record
	Bounds() (first, last int64)
	Scan(first, last int64) iter.Seq[*record.Record]
}

// SaveFormat is a format to save records in.
type SaveFormat string

// The formats, in the order in which they are offered.
const (
	SaveBundle   SaveFormat = "bundle"   // a zip file with a report and everything else
	SaveText     SaveFormat = "text"     // the lines of the log
	SaveNDJSON   SaveFormat = "ndjson"   // docs/ndjson.md
	SaveCSV      SaveFormat = "csv"      // for spreadsheets
	SaveRaw      SaveFormat = "raw"      // bytes as received
	SaveScenario SaveFormat = "scenario" // for the embedded server to play
)

// SaveFormats returns all formats.
func SaveFormats() []SaveFormat {
	return []SaveFormat{SaveBundle, SaveText, SaveNDJSON, SaveCSV, SaveRaw, SaveScenario}
}

// Extension returns the extension of the format's files.
func (f SaveFormat) Extension() string {
	switch f {
	case SaveBundle:
		return ".zip"
	case SaveNDJSON:
		return ".ndjson"
	case SaveCSV:
		return ".csv"
	case SaveRaw:
		return ".sse"
	case SaveScenario:
		return ".scenario.txt"
	}
	return ".txt"
}

// SaveRequest says what to save and how.
type SaveRequest struct {
	Format  SaveFormat
	From    Source
	Numbers iter.Seq[int64] // of the records, increasing; nil: all
	Total   int64           // roughly how many there are, for the progress; 0: unknown
	Secrets []string        // names of headers, parameters and JSON fields to mask

	Line    func(*record.Record) string // a record as text, for SaveText
	Words   export.Words                // for SaveBundle
	Version string                      // of the program, for SaveBundle
}

// Write writes the records to w. It returns how many it left out because they no longer
// exist. dir is for temporary files.
func (s SaveRequest) Write(ctx context.Context, w io.Writer, dir string, progress func(done int64)) (gone int64, err error) {
	var done int64
	mask := export.NewMask(s.Secrets)
	records := mask.Records(func(yield func(*record.Record) bool) {
		for r := range s.records(&gone) {
			if ctx.Err() != nil || !yield(r) {
				return
			}
			if done++; progress != nil {
				progress(done)
			}
		}
	})
	w = whileWanted{ctx, w}
	switch s.Format {
	case SaveText:
		err = export.Text(w, records, s.Line)
	case SaveNDJSON:
		err = export.NDJSON(w, records)
	case SaveCSV:
		err = export.CSV(w, records)
	case SaveRaw:
		err = export.Raw(w, records, dir)
	case SaveScenario:
		err = export.Scenario(w, records)
	case SaveBundle:
		err = export.Bundle(w, records, export.BundleConfig{Words: s.Words, Mask: mask, Created: time.Now(), Version: s.Version, Dir: dir})
	default:
		err = fmt.Errorf("console: unknown format %q", s.Format)
	}
	return gone, cancelled(ctx, err)
}

// farApart is a gap between numbers over which a new scan is faster than reading through
// the gap.
const farApart = 1000

// records yields the records, and counts in gone those that no longer exist.
func (s SaveRequest) records(gone *int64) iter.Seq[*record.Record] {
	first, last := s.From.Bounds()
	if s.Numbers == nil {
		return func(yield func(*record.Record) bool) {
			next := first
			for r := range s.From.Scan(first, last) {
				*gone += r.Seq - next
				next = r.Seq + 1
				if !yield(r) {
					return
				}
			}
			*gone += max(0, last+1-next)
		}
	}
	return func(yield func(*record.Record) bool) {
		next, stop := iter.Pull(s.Numbers)
		defer stop()
		wanted, more := next()
		for more {
			begin := wanted
			for r := range s.From.Scan(begin, last) {
				for more && wanted < r.Seq { // it no longer exists
					*gone++
					wanted, more = next()
				}
				if !more || wanted > r.Seq+farApart {
					break
				}
				if wanted > r.Seq {
					continue
				}
				if !yield(r) {
					return
				}
				wanted, more = next()
			}
			if more && wanted == begin { // nothing exists from here on
				*gone++
				wanted, more = next()
			}
		}
	}
}

// Save writes a file, as a job. The file is complete or not written at all. A notice says
// which, and how many records no longer existed.
func (f *Files) Save(path string, s SaveRequest) *Job {
	return f.startJob(Saving, path, func(j *Job) {
		j.total.Store(s.Total)
		var gone int64
		err := file.Write(path, func(file *os.File) (err error) {
			gone, err = s.Write(j.Ctx, file, filepath.Dir(path), j.done.Store)
			return err
		})
		switch {
		case errors.Is(err, ErrCancelled):
			f.Life.Notice(record.NoticeSaveCancelled, path, "")
		case err != nil:
			f.Life.Notice(record.NoticeNotSaved, path, file.Cause(err))
		case gone > 0:
			f.Life.Record(record.Record{Kind: record.Notice, Type: string(record.NoticeSavedInPart), Subject: path, Events: gone})
		default:
			f.Life.Notice(record.NoticeSaved, path, "")
		}
	})
}
