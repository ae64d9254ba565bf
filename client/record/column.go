package record

import (
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// Column describes a field of Record: its name and type in NDJSON, its place in a
// journal file, and its meaning. Columns returns all of them.
type Column struct {
	Name  string // in NDJSON
	Type  Type
	Place int   // in a journal, see Texts, Longs and Ints; Own if the journal encodes it separately
	Uses  []Use // its meaning for each group of kinds

	field   string // its name in Record
	always  kinds  // NDJSON includes it in records of these kinds even if it is empty or 0
	withRaw bool   // NDJSON includes it in records with Raw even if it is 0
	offset  uintptr
	key     string // Name with the punctuation around it
}

// Use says what a field means in records of certain kinds.
type Use struct{ Kinds, Meaning string }

// Own is the Place of a field that has no place number.
const Own = -1

// Type is how NDJSON writes a field.
type Type uint8

// The types.
const (
	TypeText         Type = iota + 1 // a string
	TypeInt                          // an int
	TypeLong                         // an int64
	TypeMilliseconds                 // a time.Duration
	TypeTime                         // a time.Time
	TypeKind                         // a Kind
	TypeBytes                        // a []byte, written as a text
	TypeHeader                       // a map[string][]string
)

// String returns the name of the type in docs/ndjson.md.
func (t Type) String() string {
	return [...]string{
		TypeText: "text", TypeInt: "number", TypeLong: "number", TypeMilliseconds: "milliseconds",
		TypeTime: "time", TypeKind: "text", TypeBytes: "text", TypeHeader: "object of lists of texts",
	}[t]
}

// typeOf returns the Type for fields of the Go type t, or 0 if there is none.
func typeOf(t reflect.Type) Type {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return TypeMilliseconds
	case reflect.TypeFor[time.Time]():
		return TypeTime
	case reflect.TypeFor[Kind]():
		return TypeKind
	case reflect.TypeFor[[]byte]():
		return TypeBytes
	case reflect.TypeFor[map[string][]string]():
		return TypeHeader
	}
	switch t.Kind() {
	case reflect.String:
		return TypeText
	case reflect.Int:
		return TypeInt
	case reflect.Int64:
		return TypeLong
	}
	return 0
}

// kinds is a set of kinds.
type kinds uint64

const everyKind = ^kinds(0)

func of(list ...Kind) (set kinds) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

func (s kinds) has(k Kind) bool { return s>>k&1 != 0 }

// complete fills in what follows from the declaration of Record. It panics if
// Record has no such field.
func complete(columns []Column) []Column {
	record := reflect.TypeFor[Record]()
	for i := range columns {
		c := &columns[i]
		f, ok := record.FieldByName(c.field)
		if !ok || typeOf(f.Type) == 0 {
			panic("record: no field " + c.field + ", or its type cannot be stored in a file")
		}
		c.offset, c.Type, c.key = f.Offset, typeOf(f.Type), `,"`+c.Name+`":`
	}
	columns[0].key = "{" + columns[0].key[1:]
	return columns
}

// at returns a pointer to the field c of r. T must be its type, or one with the
// same underlying type.
func at[T any](c *Column, r *Record) *T { return Place[T]{c.offset}.In(r) }

// Place gives access to a field of a Record as cheaply as naming it. A function
// for each field would make every Record escape to the heap.
type Place[T any] struct{ offset uintptr }

// In returns a pointer to the field in r.
func (p Place[T]) In(r *Record) *T { return (*T)(unsafe.Add(unsafe.Pointer(r), p.offset)) }

// Texts returns the string fields, by their Place.
func Texts() []Place[string] { return places[string](TypeText) }

// Longs returns the fields of 64 bits, by their Place.
func Longs() []Place[int64] { return places[int64](TypeLong, TypeMilliseconds) }

// Ints returns the fields of type int, by their Place.
func Ints() []Place[int] { return places[int](TypeInt) }

func places[T any](types ...Type) []Place[T] {
	var list []Place[T]
	for i := range table {
		c := &table[i]
		if c.Place == Own || !slices.Contains(types, c.Type) {
			continue
		}
		for len(list) <= c.Place {
			list = append(list, Place[T]{})
		}
		list[c.Place].offset = c.offset
	}
	return list
}
