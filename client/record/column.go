package record

import (
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// Column is a field of Record: its name and type in NDJSON, its place in the file
// of a journal, and what it means. Columns returns all of them.
type Column struct {
	Name  string // in NDJSON
	Type  Type
	Place int   // in a journal, see Texts, Longs and Ints; Own if the journal has a way of its own for it
	Uses  []Use // what it means

	field   string // its name in Record
	keep    kinds  // NDJSON has it in records of these even if it is empty or 0
	withRaw bool   // NDJSON has it in records with Raw even if it is 0
	offset  uintptr
	key     string // Name with the punctuation around it
}

// Use says what a field means in records of some kinds.
type Use struct{ Kinds, Meaning string }

// Own is the Place of a field that has no number.
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

// String returns how docs/ndjson.md calls the type.
func (t Type) String() string {
	return [...]string{
		TypeText: "text", TypeInt: "number", TypeLong: "number", TypeMilliseconds: "milliseconds",
		TypeTime: "time", TypeKind: "text", TypeBytes: "text", TypeHeader: "object of lists of texts",
	}[t]
}

// typeOf returns the Type of fields of a type of Go, 0 if there is none.
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

// kinds is a set of them.
type kinds uint64

const everyKind = ^kinds(0)

func of(list ...Kind) (set kinds) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

func (s kinds) has(k Kind) bool { return s>>k&1 != 0 }

// complete fills in what follows from Record itself. It panics if Record has no
// such field.
func complete(columns []Column) []Column {
	record := reflect.TypeFor[Record]()
	for i := range columns {
		c := &columns[i]
		f, ok := record.FieldByName(c.field)
		if !ok || typeOf(f.Type) == 0 {
			panic("record: no field " + c.field + ", or none of a type that a file can have")
		}
		c.offset, c.Type, c.key = f.Offset, typeOf(f.Type), `,"`+c.Name+`":`
	}
	columns[0].key = "{" + columns[0].key[1:]
	return columns
}

// at returns where c is in r. T must be its type, or one with the same
// underlying type.
func at[T any](c *Column, r *Record) *T { return Place[T]{c.offset}.In(r) }

// Place finds a field of a Record at the cost of naming it. A function for each
// field would make every Record escape to the heap.
type Place[T any] struct{ offset uintptr }

// In returns where the value is in r.
func (p Place[T]) In(r *Record) *T { return (*T)(unsafe.Add(unsafe.Pointer(r), p.offset)) }

// Texts returns the fields that are strings, by their Place.
func Texts() []Place[string] { return places[string](TypeText) }

// Longs returns the fields that have 64 bits, by their Place.
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
