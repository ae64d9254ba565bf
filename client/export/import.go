package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/judge"
	"sseconsole/client/record"
)

// Format is the format of a file.
type Format string

// The formats that Import recognizes.
const (
	FormatBundle Format = "bundle"
	FormatNDJSON Format = "ndjson"
	FormatRaw    Format = "raw"
)

// Errors of Import, besides errors of the system, *record.LineError and
// *eventstream.TooLargeError.
var (
	ErrUnknown   = errors.New("export: neither a bundle, NDJSON nor an event stream")
	ErrNoRecords = errors.New("export: no records in the file")
	ErrNoneKnown = errors.New("export: all records in the file are of unknown kinds")
	ErrNotBundle = errors.New("export: a zip file, but not an evidence bundle")
	ErrDirectory = fmt.Errorf("export: the list of files in the bundle is larger than %d MiB", maxDirectory>>20)
	ErrBomb      = fmt.Errorf("export: the bundle unpacks to more than %d times its size", MaxGrowth)
)

// MaxGrowth is the maximum ratio of the unpacked to the packed size of a bundle's
// records, beyond bombFloor.
const MaxGrowth = 200

// Bounds of Import.
const (
	maxBlock  = 64 << 20 // a block of a raw stream, in bytes
	readSize  = 64 << 10
	bombFloor = 1 << 30 // records may unpack to this size at any ratio: Bundle packs repeated characters a thousand to one

	maxDirectory = 16 << 20 // a bundle's list of files, which is in memory; enough for 150,000 connections
)

// ImportedTarget is the target of records that are made from a raw stream.
const ImportedTarget = "file"

// Imported describes what Import read.
type Imported struct {
	Format  Format
	Skipped record.Skipped // what this version does not know: a later one wrote the file
}

// Import reads a file and passes its records to add, one after another. It
// recognizes the format by the content:
//
//   - a zip file with records.ndjson is a bundle: its records, unchanged;
//   - a file that begins with { is NDJSON: its records, unchanged;
//   - anything else is read as a raw event stream: chunks of 64 KiB, their items,
//     and the findings of the judge, with the time of reading.
//
// Nothing is unpacked to the disk, and memory does not grow with the file. If
// progress is not nil, it is called with the number of bytes read and their total.
// Import ends when ctx is done, whose cause it returns, and at the first error of
// add.
func Import(ctx context.Context, f *os.File, add func(record.Record) error, progress func(done, total int64)) (Imported, error) {
	info, err := f.Stat()
	if err != nil {
		return Imported{}, fmt.Errorf("export: %w", err)
	}
	if info.IsDir() {
		return Imported{}, ErrUnknown
	}
	in := &counted{ctx: ctx, in: f, total: info.Size(), progress: progress}
	buf := bufio.NewReaderSize(in, readSize)
	head, err := buf.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return Imported{}, err
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return Imported{}, ErrNoRecords
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		skipped, err := importBundle(in, f, info.Size(), add)
		return Imported{FormatBundle, skipped}, err
	case trimmed[0] == '{':
		skipped, err := importNDJSON(buf, add)
		return Imported{FormatNDJSON, skipped}, err
	case bytes.IndexByte(head, 0) >= 0, // an event stream is text
		bytes.HasPrefix(trimmed, []byte(csvHeader)): // lines of CSV can look like fields
		return Imported{}, ErrUnknown
	}
	return Imported{Format: FormatRaw}, importRaw(buf, add)
}

// counted counts the bytes read and fails once ctx is done.
type counted struct {
	ctx         context.Context
	in          io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (c *counted) Read(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, context.Cause(c.ctx)
	}
	n, err := c.in.Read(p)
	c.done += int64(n)
	if c.progress != nil {
		c.progress(c.done, c.total)
	}
	return n, err
}

func importNDJSON(in io.Reader, add func(record.Record) error) (record.Skipped, error) {
	records := record.NewReader(in, 0)
	for n := 0; ; n++ {
		r, err := records.Read()
		if errors.Is(err, io.EOF) {
			skipped := records.Skipped()
			switch {
			case n == 0 && skipped.Records > 0:
				err = ErrNoneKnown
			case n == 0:
				err = ErrNoRecords
			default:
				err = nil
			}
			return skipped, err
		}
		if err == nil {
			err = add(r)
		}
		if err != nil {
			return record.Skipped{}, err
		}
	}
}

func importBundle(in *counted, f *os.File, size int64, add func(record.Record) error) (skipped record.Skipped, err error) {
	bounded := &boundedReader{in: f, left: maxDirectory}
	archive, err := zip.NewReader(bounded, size)
	if errors.Is(err, ErrDirectory) {
		return skipped, err
	}
	bounded.left = math.MaxInt64
	if err != nil {
		return skipped, fmt.Errorf("%w: %w", ErrNotBundle, err)
	}
	for _, entry := range archive.File {
		if entry.Name != bundleRecords {
			continue
		}
		if entry.Mode()&fs.ModeType != 0 {
			return skipped, ErrNotBundle
		}
		// Both sizes are only claims. archive/zip never returns more bytes than the
		// first says, and the packed data is no larger than the file.
		whole, packed := entry.UncompressedSize64, min(entry.CompressedSize64, uint64(size))
		if whole > bombFloor && whole/MaxGrowth > packed {
			return skipped, ErrBomb
		}
		records, err := entry.Open()
		if err != nil {
			return skipped, fmt.Errorf("%w: %w", ErrNotBundle, err)
		}
		defer records.Close()
		in.in, in.done, in.total = records, 0, int64(whole)
		skipped, err = importNDJSON(in, add)
		var line *record.LineError
		if errors.As(err, &line) { // read on to the checksum, which says whether the data is damaged
			if _, rest := io.Copy(io.Discard, in); rest != nil {
				err = rest
			}
		}
		if isDamage(err) {
			err = fmt.Errorf("%w: %s does not match the zip directory", ErrNotBundle, bundleRecords)
		}
		return skipped, err
	}
	return skipped, ErrNotBundle
}

// isDamage reports whether err means that packed data is damaged or truncated.
func isDamage(err error) bool {
	var corrupt flate.CorruptInputError
	var line *record.LineError // its ErrUnexpectedEOF is about the line
	return !errors.As(err, &line) &&
		(errors.As(err, &corrupt) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum))
}

// boundedReader reads at most left bytes.
type boundedReader struct {
	in   io.ReaderAt
	left int64
}

func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, ErrDirectory
	}
	return b.in.ReadAt(p, off)
}

// importRaw decodes and judges a stream as a subscription would.
func importRaw(in io.Reader, add func(record.Record) error) error {
	base := record.Record{Target: ImportedTarget, Conn: 1}
	var judged judge.Judge
	// The judge needs the response, which is unknown: assume a good one.
	answer := base
	answer.Kind, answer.Time, answer.Status, answer.ContentType = record.Open, time.Now(), 200, "text/event-stream"
	judged.Add(answer)
	var failed error
	emit := func(r record.Record) {
		if failed == nil {
			failed = add(r)
		}
	}
	found := 0
	var now time.Time
	decoder := eventstream.Decoder{Limit: maxBlock, Handle: func(i *eventstream.Item) {
		r := base
		r.Time, r.Type, r.ID, r.Data, r.Delay = now, i.Type, i.ID, i.Data, i.Delay
		r.Raw, r.Offset, r.FirstChunk, r.LastChunk = bytes.Clone(i.Raw), i.Offset, i.FirstChunk, i.LastChunk
		switch i.Kind {
		case eventstream.Event:
			r.Kind = record.Event
		case eventstream.Comment:
			r.Kind, r.ID = record.Comment, ""
		case eventstream.Retry:
			r.Kind, r.ID = record.Retry, ""
		case eventstream.Cursor:
			r.Kind = record.Cursor
		case eventstream.Discarded:
			r.Kind, r.ID = record.Discarded, ""
		default:
			return
		}
		if r.Kind != record.Discarded {
			found++
		}
		emit(r)
	}}
	buf := make([]byte, readSize)
	var offset int64
	for chunk := 1; failed == nil; chunk++ {
		n, err := io.ReadFull(in, buf)
		if n > 0 {
			now = time.Now()
			c := base
			c.Kind, c.Time, c.Raw, c.Offset, c.FirstChunk, c.LastChunk = record.Chunk, now, bytes.Clone(buf[:n]), offset, chunk, chunk
			emit(c)
			if _, err := decoder.Write(buf[:n]); err != nil {
				return err
			}
			for _, p := range judged.Add(c) {
				emit(p)
			}
			offset += int64(n)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	decoder.End()
	end := base
	end.Kind, end.Time, end.By = record.End, time.Now(), record.ByServer
	for _, p := range judged.Add(end) {
		emit(p)
	}
	if failed == nil && found == 0 {
		return ErrUnknown
	}
	return failed
}
