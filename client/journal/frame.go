package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"time"
)

// A file is a preamble followed by frames. A frame is a head of frameSize bytes and a
// body, each with a checksum (CRC-32C). Numbers are little endian:
//
//	 0  magic      4 bytes
//	 4  kind       a byte, then 3 zeros
//	 8  length     of the body
//	12  count      number of records or texts
//	16  first      Seq of the first record
//	24  base       the second that times are relative to
//	32  checksum   of the body
//	36  checksum   of bytes 0 to 36
//
// The body of frameRecords is the length of each code (uvarint), then the codes.
const (
	frameMagic = "\xf5SJ\n" // never part of UTF-8
	frameSize  = 40
)

// The kinds of frames.
const (
	frameRecords = 'R'
	frameTargets = 'T' // names of targets that the records after it have for the first time
	frameSummary = 'S' // the last one of a run that was closed, see appendSummary
)

type frame struct {
	kind  byte
	size  uint32 // of the body
	count uint32
	first int64
	base  int64
	sum   uint32
}

var errFrame = errors.New("journal: damaged file")

// put completes the frame in b, whose body is already there, by writing its head.
func (f frame) put(b []byte) {
	head, body := b[:frameSize], b[frameSize:]
	clear(head)
	copy(head, frameMagic)
	head[4] = f.kind
	binary.LittleEndian.PutUint32(head[8:], uint32(len(body)))
	binary.LittleEndian.PutUint32(head[12:], f.count)
	binary.LittleEndian.PutUint64(head[16:], uint64(f.first))
	binary.LittleEndian.PutUint64(head[24:], uint64(f.base))
	binary.LittleEndian.PutUint32(head[32:], checksum(body))
	binary.LittleEndian.PutUint32(head[36:], checksum(head[:36]))
}

// parseFrame parses the head of a frame, of frameSize bytes.
func parseFrame(head []byte) (frame, error) {
	if string(head[:4]) != frameMagic || checksum(head[:36]) != binary.LittleEndian.Uint32(head[36:]) {
		return frame{}, errFrame
	}
	f := frame{
		kind:  head[4],
		size:  binary.LittleEndian.Uint32(head[8:]),
		count: binary.LittleEndian.Uint32(head[12:]),
		first: int64(binary.LittleEndian.Uint64(head[16:])),
		base:  int64(binary.LittleEndian.Uint64(head[24:])),
		sum:   binary.LittleEndian.Uint32(head[32:]),
	}
	if f.kind == frameRecords && (f.first < 1 || f.first > math.MaxInt64-int64(f.count)) {
		return frame{}, errFrame // impossible numbers, with which loops might not end
	}
	return f, nil
}

// frameOf is parseFrame for a frame known to be valid.
func frameOf(b []byte) frame {
	f, _ := parseFrame(b)
	return f
}

// whole returns the length of the frame including its head.
func (f frame) whole() int64 { return frameSize + int64(f.size) }

// readFrame reads the frame at off and checks its body.
func readFrame(r io.ReaderAt, off, end int64) (frame, []byte, error) {
	if off < 0 || off+frameSize > end {
		return frame{}, nil, errFrame
	}
	head := make([]byte, frameSize)
	if _, err := r.ReadAt(head, off); err != nil {
		return frame{}, nil, err
	}
	f, err := parseFrame(head)
	if err != nil {
		return frame{}, nil, err
	}
	if off+f.whole() > end {
		return f, nil, errFrame
	}
	body := make([]byte, f.size)
	if _, err := r.ReadAt(body, off+frameSize); err != nil {
		return f, nil, err
	}
	if checksum(body) != f.sum {
		return f, nil, errFrame
	}
	return f, body, nil
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// The preamble names the format, its version, and the time at which the run began in
// nanoseconds since 1970.
const (
	fileMagic    = "SSECJRN"
	fileVersion  = 3 // 1 lacks Body and Redirect, 2 has the subject of a notice in URL; both can be read
	preambleSize = len(fileMagic) + 1 + 8
)

// ErrNotJournal says that a file is not a journal, or that its preamble is damaged.
var ErrNotJournal = errors.New("journal: not a journal")

// NewerError says that a file was written by a later version of this program and that
// nothing in it can be read.
type NewerError struct{ Version int }

func (e *NewerError) Error() string {
	return fmt.Sprintf("journal: file version %d is newer than %d", e.Version, fileVersion)
}

func appendPreamble(b []byte, started time.Time) []byte {
	b = append(append(b, fileMagic...), fileVersion)
	return binary.LittleEndian.AppendUint64(b, uint64(started.UnixNano()))
}

func parsePreamble(b []byte) (version int, started time.Time, err error) {
	if version = int(b[len(fileMagic)]); string(b[:len(fileMagic)]) != fileMagic || version < 1 {
		return 0, time.Time{}, ErrNotJournal
	}
	return version, time.Unix(0, int64(binary.LittleEndian.Uint64(b[len(fileMagic)+1:]))), nil
}
