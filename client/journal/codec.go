package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"

	"sseconsole/client/record"
)

// The code of a record is, one after another:
//
//	kind, call         a byte each
//	three bit sets     uvarint: which of texts, longs and ints follow
//	the numbers        longs and ints, in the order of their bits
//	the texts          length (uvarint) and bytes, in the order of their bits
//
// What is empty or zero is left out. The first bits stand for what is neither
// string nor number, see below. Its Seq is not in the code: the block knows it.

// Bits before those of texts.
const (
	bitRaw = iota
	bitHeader
	firstText
)

// Bits before those of longs.
const (
	bitTime   = iota // seconds since the block's base, nanoseconds
	bitExpiry        // seconds since 1970, nanoseconds
	bitData          // where Data lies in Raw: offset, length
	firstLong
)

// texts lists strings of a record in the order of their bits. What is new goes
// to the end; what goes leaves its place to an unused string.
func texts(r *record.Record) [17]*string {
	return [...]*string{
		&r.Target, &r.ClientID, &r.Engine, &r.Type, &r.ID, &r.Data, &r.TLS, &r.Method, &r.URL, &r.Proto,
		&r.ContentType, &r.Message, (*string)(&r.Source), (*string)(&r.By), (*string)(&r.Failure), &r.Detail,
		&r.Body,
	}
}

const textData = 5 // of Data in texts

// longs lists numbers of 64 bits in the order of their bits, by the same rule.
func longs(r *record.Record) [6]*int64 {
	return [...]*int64{
		&r.Offset, &r.Count, (*int64)(&r.Took), (*int64)(&r.Delay), &r.Events, &r.Bytes,
	}
}

// ints lists the other numbers in the order of their bits, by the same rule.
func ints(r *record.Record) [5]*int {
	return [...]*int{&r.Conn, &r.FirstChunk, &r.LastChunk, &r.Status, &r.Code}
}

// appendRecord appends the code of r to b; base is the second that its time is
// counted from.
func appendRecord(b []byte, r *record.Record, base int64) []byte {
	var textBits, longBits, intBits uint64
	texts, longs, ints := texts(r), longs(r), ints(r)
	for i, s := range texts {
		if *s != "" {
			textBits |= 1 << (firstText + i)
		}
	}
	for i, n := range longs {
		if *n != 0 {
			longBits |= 1 << (firstLong + i)
		}
	}
	for i, n := range ints {
		if *n != 0 {
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
	// Most data stands in the raw bytes as it is: keeping it once halves the file.
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
	for _, n := range longs {
		if *n != 0 {
			b = binary.AppendVarint(b, *n)
		}
	}
	for _, n := range ints {
		if *n != 0 {
			b = binary.AppendVarint(b, int64(*n))
		}
	}
	if len(r.Raw) > 0 {
		b = append(binary.AppendUvarint(b, uint64(len(r.Raw))), r.Raw...)
	}
	if len(r.Header) > 0 {
		b = appendText(b, string(appendHeader(nil, r.Header)))
	}
	for i, s := range texts {
		if textBits&(1<<(firstText+i)) != 0 {
			b = appendText(b, *s)
		}
	}
	return b
}

// dataIn returns where data stands in raw as it does in most blocks, comments
// and texts, or -1. It looks at few places: a search for any could take very
// long in a stream that was made for that.
func dataIn(raw []byte, data string) int {
	if data == "" {
		return -1
	}
	field := []byte("data:")
	for at, tries := 0, 0; tries < 4; tries++ {
		for i := at; i <= at+2 && i+len(data) <= len(raw); i++ { // after a colon, a space
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

// decodeRecord sets r to the record that code stands for. Its Raw shares the
// bytes of code, its strings do not.
func decodeRecord(r *record.Record, code []byte, base int64) error {
	*r = record.Record{}
	texts, longs, ints := texts(r), longs(r), ints(r)
	if len(code) < 2 {
		return errCode
	}
	r.Kind, r.Call = record.Kind(code[0]), record.Kind(code[1])
	in := input{rest: code[2:]}
	textBits, longBits, intBits := in.uvarint(), in.uvarint(), in.uvarint()
	if textBits>>(firstText+len(texts)) != 0 || longBits>>(firstLong+len(longs)) != 0 || intBits>>len(ints) != 0 {
		return errCode
	}
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
	for i, n := range longs {
		if longBits&(1<<(firstLong+i)) != 0 {
			*n = in.varint()
		}
	}
	for i, n := range ints {
		if intBits&(1<<i) != 0 {
			*n = int(in.varint())
		}
	}
	if textBits&(1<<bitRaw) != 0 {
		r.Raw = in.bytes()
	}
	if textBits&(1<<bitHeader) != 0 {
		r.Header = in.header()
	}
	// One string for all of them spares an allocation each.
	all, whole := string(in.rest), len(in.rest)
	for i, s := range texts {
		if textBits&(1<<(firstText+i)) != 0 {
			n := len(in.bytes())
			end := whole - len(in.rest)
			*s = all[end-n : end]
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
	return nil
}
