package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"time"

	"sseconsole/client/record"
)

// The code of a record consists of:
//
//	kind, call         a byte each
//	three bit sets     uvarint: which texts, longs and ints follow
//	the numbers        longs and ints, in the order of their bits
//	the texts          length (uvarint) and bytes, in the order of their bits
//
// Empty and zero fields are omitted. A new field takes the next bit of its type, see
// record.Column. The first bits are for fields that are neither string nor number,
// see below. Seq is not in the code: the block knows it.

// Text bits before those of record.Texts.
const (
	bitRaw = iota
	bitHeader
	firstText
)

// Long bits before those of record.Longs.
const (
	bitTime   = iota // seconds since the block's base, nanoseconds
	bitExpiry        // seconds since 1970, nanoseconds
	bitData          // where Data is in Raw: offset, length
	firstLong
)

// The fields in the order of their bits, see record.Column.
var (
	texts = record.Texts()
	longs = record.Longs()
	ints  = record.Ints()
)

// The indexes of some fields in texts and ints, which Code.Stream and the place of Data rely on.
const (
	textTarget   = 0
	textClientID = 1
	textData     = 5
	intConn      = 0
)

// appendRecord appends the code of r to b; base is the second that its time is
// relative to.
func appendRecord(b []byte, r *record.Record, base int64) []byte {
	var textBits, longBits, intBits uint64
	for i, s := range texts {
		if *s.In(r) != "" {
			textBits |= 1 << (firstText + i)
		}
	}
	for i, n := range longs {
		if *n.In(r) != 0 {
			longBits |= 1 << (firstLong + i)
		}
	}
	for i, n := range ints {
		if *n.In(r) != 0 {
			intBits |= 1 << i
		}
	}
	if len(r.Raw) > 0 {
		textBits |= 1 << bitRaw
	}
	if len(r.Header) > 0 {
		textBits |= 1 << bitHeader
	}
	if !r.Time.IsZero() {
		longBits |= 1 << bitTime
	}
	if !r.CertExpiry.IsZero() {
		longBits |= 1 << bitExpiry
	}
	// Most data is in the raw bytes unchanged: storing it once halves the file.
	dataAt := dataIn(r.Raw, r.Data)
	if dataAt >= 0 {
		longBits |= 1 << bitData
		textBits &^= 1 << (firstText + textData)
	}

	b = append(b, byte(r.Kind), byte(r.Call))
	b = binary.AppendUvarint(b, textBits)
	b = binary.AppendUvarint(b, longBits)
	b = binary.AppendUvarint(b, intBits)
	if longBits&(1<<bitTime) != 0 {
		b = appendTime(b, r.Time, base)
	}
	if longBits&(1<<bitExpiry) != 0 {
		b = appendTime(b, r.CertExpiry, 0)
	}
	if dataAt >= 0 {
		b = binary.AppendUvarint(b, uint64(dataAt))
		b = binary.AppendUvarint(b, uint64(len(r.Data)))
	}
	for i := range set(longBits >> firstLong) {
		b = binary.AppendVarint(b, *longs[i].In(r))
	}
	for i := range set(intBits) {
		b = binary.AppendVarint(b, int64(*ints[i].In(r)))
	}
	if len(r.Raw) > 0 {
		b = append(binary.AppendUvarint(b, uint64(len(r.Raw))), r.Raw...)
	}
	if len(r.Header) > 0 {
		b = appendText(b, string(appendHeader(nil, r.Header)))
	}
	for i := range set(textBits >> firstText) {
		b = appendText(b, *texts[i].In(r))
	}
	return b
}

// set yields the indexes of the bits that are set, in order.
func set(bitSet uint64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; bitSet != 0 && yield(bits.TrailingZeros64(bitSet)); bitSet &= bitSet - 1 {
		}
	}
}

// dataIn returns where data is in raw, as in most blocks, comments and texts, or -1.
// It tries only a few positions: a full search could take very long in a malicious
// stream.
func dataIn(raw []byte, data string) int {
	if data == "" {
		return -1
	}
	field := []byte("data:")
	for at, tries := 0, 0; tries < 4; tries++ {
		for i := at; i <= at+2 && i+len(data) <= len(raw); i++ { // directly, after a colon, or after a colon and a space
			if string(raw[i:i+len(data)]) == data {
				return i
			}
		}
		i := bytes.Index(raw[at:], field)
		if i < 0 {
			break
		}
		at += i + len(field)
	}
	return -1
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendTime(b []byte, t time.Time, base int64) []byte {
	b = binary.AppendVarint(b, t.Unix()-base)
	return binary.AppendUvarint(b, uint64(t.Nanosecond()))
}

func appendHeader(b []byte, header map[string][]string) []byte {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		b = appendText(b, name)
		b = binary.AppendUvarint(b, uint64(len(header[name])))
		for _, value := range header[name] {
			b = appendText(b, value)
		}
	}
	return b
}

var errCode = errors.New("journal: damaged record")

// known returns the kind with this number, or 0 if only a later version knows it.
func known(number byte) record.Kind {
	if k := record.Kind(number); k.Known() {
		return k
	}
	return 0
}

// decodeRecord decodes code into r. The Raw of r shares the bytes of code; its
// strings do not. Unknown bits are fields of a later version, and are skipped.
func decodeRecord(r *record.Record, code []byte, base int64) error {
	*r = record.Record{}
	if len(code) < 2 {
		return errCode
	}
	r.Kind, r.Call = record.Kind(code[0]), known(code[1])
	in := input{rest: code[2:]}
	textBits, longBits, intBits := in.uvarint(), in.uvarint(), in.uvarint()
	if longBits&(1<<bitTime) != 0 {
		r.Time = in.time(base)
	}
	if longBits&(1<<bitExpiry) != 0 {
		r.CertExpiry = in.time(0).UTC()
	}
	var dataAt, dataLen uint64
	if longBits&(1<<bitData) != 0 {
		dataAt, dataLen = in.uvarint(), in.uvarint()
	}
	for i := range set(longBits >> firstLong) {
		if n := in.varint(); i < len(longs) {
			*longs[i].In(r) = n
		}
	}
	for i := range set(intBits) {
		if n := in.varint(); i < len(ints) {
			*ints[i].In(r) = int(n)
		}
	}
	if textBits&(1<<bitRaw) != 0 {
		r.Raw = in.bytes()
	}
	if textBits&(1<<bitHeader) != 0 {
		r.Header = in.header()
	}
	// One string for all texts saves an allocation for each.
	all, whole := string(in.rest), len(in.rest)
	for i := range set(textBits >> firstText) {
		n := len(in.bytes())
		if end := whole - len(in.rest); i < len(texts) {
			*texts[i].In(r) = all[end-n : end]
		}
	}
	if longBits&(1<<bitData) != 0 {
		size := uint64(len(r.Raw))
		if dataAt > size || dataLen > size-dataAt {
			return errCode
		}
		r.Data = string(r.Raw[dataAt : dataAt+dataLen])
	}
	if in.bad || len(in.rest) > 0 {
		return errCode
	}
	r.Renew()
	return nil
}
