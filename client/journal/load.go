package journal

import (
	"bytes"
	"encoding/binary"
	"io"
	"time"
)

// A summary is the last frame of a run that was closed. With it, the run can be listed
// and opened without reading the heads of all frames. Its count is the number of
// places. Its body is
//
//	uvarint     Seq of the newest record, number of records
//	uvarint     number of targets, then each as length and bytes
//	uvarint     for each place, the differences of its offset and its first to those before
//
// After it, the file ends with its offset and summaryMagic.
const (
	summaryMagic = "SSECJRN$"
	trailerSize  = 8 + len(summaryMagic)
)

func (d *disk) appendSummary(out []byte) []byte {
	d.mu.RLock()
	defer d.mu.RUnlock()
	start := len(out)
	out = append(out, make([]byte, frameSize)...)
	for _, n := range []int64{d.last, d.records, int64(len(d.targets))} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	for _, name := range d.targets {
		out = appendText(out, name)
	}
	var before place
	for _, p := range d.index {
		out = binary.AppendUvarint(out, uint64(p.off-before.off))
		out = binary.AppendUvarint(out, uint64(p.first-before.first))
		before = p
	}
	frame{kind: frameSummary, count: uint32(len(d.index))}.put(out[start:])
	out = binary.LittleEndian.AppendUint64(out, uint64(d.end))
	return append(out, summaryMagic...)
}

// finish truncates the file after the last whole frame and writes the summary.
func (d *disk) finish() error {
	if err := d.file.Truncate(d.end); err != nil {
		return err
	}
	_, err := d.file.WriteAt(d.appendSummary(nil), d.end)
	if err != nil {
		d.file.Truncate(d.end) // the disk is full; the run can be opened without a summary
	}
	return err
}

// openDisk reads the index of a file of the given size. finished reports whether the
// file ends with a summary. Of a file of a later version it reads the frames whose
// format is still the same; there may be none.
func openDisk(f file, size int64) (d *disk, started time.Time, finished bool, err error) {
	preamble := make([]byte, preambleSize)
	if _, err := f.ReadAt(preamble, 0); err != nil {
		if err == io.EOF {
			err = ErrNotJournal
		}
		return nil, time.Time{}, false, err
	}
	version, started, err := parsePreamble(preamble)
	if err != nil {
		return nil, time.Time{}, false, err
	}
	d = &disk{file: f, version: version, end: int64(preambleSize)}
	if d.loadSummary(size) {
		return d, started, true, nil
	}
	d = &disk{file: f, version: version, end: int64(preambleSize)}
	return d, started, false, d.walk(size)
}

func (d *disk) loadSummary(size int64) bool {
	trailer := make([]byte, trailerSize)
	if _, err := d.file.ReadAt(trailer, max(0, size-int64(trailerSize))); err != nil || string(trailer[8:]) != summaryMagic {
		return false
	}
	d.end = int64(binary.LittleEndian.Uint64(trailer))
	f, body, err := readFrame(d.file, d.end, size-int64(trailerSize))
	whole := d.end+f.whole() == size-int64(trailerSize)
	if err != nil || f.kind != frameSummary || !whole || uint64(f.count) > uint64(len(body)) {
		return false
	}
	in := input{rest: body}
	d.last, d.records = int64(in.uvarint()), int64(in.uvarint())
	for range in.uvarint() {
		if in.bad {
			return false
		}
		d.targets = append(d.targets, string(in.bytes()))
	}
	d.index = make([]place, f.count)
	var before place
	for i := range d.index {
		before.off += int64(in.uvarint())
		before.first += int64(in.uvarint())
		if before.off < int64(preambleSize) || before.off >= d.end || before.first < 1 || before.first > d.last {
			return false
		}
		if i > 0 && (before.off <= d.index[i-1].off || before.first <= d.index[i-1].first) {
			return false
		}
		d.index[i] = before
	}
	return !in.bad
}

// walk registers all frames by reading their heads. It skips damaged bytes between
// frames; those after the last whole frame are left for finish to cut off.
func (d *disk) walk(size int64) error {
	heads := headReader{file: d.file, size: size}
	for off := d.end; ; {
		f, at, err := heads.next(off)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if at+f.whole() > size {
			return nil // torn; what looks like a frame in its body came over the wire
		}
		off = at + 1 // where to continue if this frame is not valid
		if f.kind == frameRecords && (f.count == 0 || f.first <= d.last) {
			continue
		}
		var names []string
		// Frames of targets must be read anyway, and the last frame may be torn.
		if f.kind == frameTargets || at+f.whole()+frameSize > size {
			_, body, err := readFrame(d.file, at, size)
			if err == errFrame {
				continue
			}
			if err != nil {
				return err
			}
			if f.kind == frameTargets {
				names = parseTexts(body)
			}
		}
		if f.kind == frameSummary {
			return nil
		}
		d.end = at
		d.add(f, names)
		off = d.end
	}
}

func parseTexts(body []byte) (texts []string) {
	for in := (input{rest: body}); len(in.rest) > 0; {
		if s := in.bytes(); !in.bad {
			texts = append(texts, string(s))
		}
	}
	return texts
}

func appendTargets(out []byte, names []string) []byte {
	start := len(out)
	out = append(out, make([]byte, frameSize)...)
	for _, name := range names {
		out = appendText(out, name)
	}
	frame{kind: frameTargets, count: uint32(len(names))}.put(out[start:])
	return out
}

// headReader reads the heads of frames. It reads little at a time, since most frames
// are large.
type headReader struct {
	file io.ReaderAt
	size int64
	buf  [4 << 10]byte
	off  int64  // position of got in the file
	got  []byte // part of buf
}

// next returns the first frame at or after off and its position, or io.EOF if there
// is none.
func (h *headReader) next(off int64) (frame, int64, error) {
	for ; off+frameSize <= h.size; off++ {
		if off < h.off || off+frameSize > h.off+int64(len(h.got)) {
			n, err := h.file.ReadAt(h.buf[:], off)
			if err != nil && err != io.EOF {
				return frame{}, 0, err
			}
			h.off, h.got = off, h.buf[:n]
		}
		rest := h.got[off-h.off:]
		if len(rest) < frameSize {
			break
		}
		if f, err := parseFrame(rest); err == nil {
			return f, off, nil
		}
		if i := bytes.Index(rest[1:], []byte(frameMagic)); i >= 0 {
			off += int64(i)
		} else {
			off += int64(max(0, len(rest)-frameSize)) // the rest may contain the beginning of the magic
		}
	}
	return frame{}, 0, io.EOF
}
