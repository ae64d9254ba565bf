package record

import (
	"reflect"
	"slices"
	"testing"
)

func TestTheTableHasEachFieldOfARecordOnce(t *testing.T) {
	var fields, names []string
	for _, c := range table {
		fields, names = append(fields, c.field), append(names, c.Name)
		if len(c.Uses) == 0 {
			t.Errorf("%s is not documented", c.Name)
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Record]()) {
		if n := len(fields) - len(slices.DeleteFunc(slices.Clone(fields), func(name string) bool { return name == f.Name })); n != 1 {
			t.Errorf("%s is in the table %d times", f.Name, n)
		}
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(table) {
		t.Error("two fields have the same name")
	}
}

// These numbers are in files.
func TestPlacesNeverChange(t *testing.T) {
	var r Record
	texts := []*string{
		&r.Target, &r.ClientID, &r.Engine, &r.Type, &r.ID, &r.Data, &r.TLS, &r.Method, &r.URL, &r.Proto,
		&r.ContentType, &r.Message, (*string)(&r.Source), (*string)(&r.By), (*string)(&r.Failure), &r.Detail, &r.Body,
	}
	longs := []*int64{&r.Offset, &r.Count, (*int64)(&r.Took), (*int64)(&r.Delay), &r.Events, &r.Bytes, (*int64)(&r.Silent)}
	ints := []*int{&r.Conn, &r.FirstChunk, &r.LastChunk, &r.Status, &r.Code}
	expectPlaces(t, &r, "strings", Texts(), texts)
	expectPlaces(t, &r, "64 bits", Longs(), longs)
	expectPlaces(t, &r, "ints", Ints(), ints)
}

// expectPlaces checks that the first places are those of want, and that no place is
// unused or used twice.
func expectPlaces[T any](t *testing.T, r *Record, what string, places []Place[T], want []*T) {
	t.Helper()
	seen := map[*T]bool{}
	for i, p := range places {
		at := p.In(r)
		if i < len(want) && at != want[i] {
			t.Errorf("place %d of the %s belongs to another field", i, what)
		}
		if seen[at] || any(at) == any(&r.Seq) { // what the zero Place refers to
			t.Errorf("place %d of the %s is unused or used twice", i, what)
		}
		seen[at] = true
	}
	counted := 0
	for _, c := range table {
		if c.Place != Own && slices.Contains(placeTypes[T](), c.Type) {
			counted++
		}
	}
	if len(places) != counted || counted < len(want) {
		t.Errorf("%d places for %d fields of the %s", len(places), counted, what)
	}
}

func placeTypes[T any]() []Type {
	switch any(*new(T)).(type) {
	case string:
		return []Type{TypeText}
	case int:
		return []Type{TypeInt}
	}
	return []Type{TypeLong, TypeMilliseconds}
}
