package filter

import (
	"iter"
	"slices"
	"strings"
	"unsafe"

	"sseconsole/client/record"
)

// Field names the part of a record that a term is about.
type Field uint8

// The fields.
const (
	Anywhere Field = iota // all that Text lists
	Type
	Client
	ID
	Target
)

// Filter is a parsed line. It may be used from any goroutine. The zero value
// and nil match everything.
type Filter struct {
	line  string
	terms []term
}

// term is one condition.
type term struct {
	negated bool
	field   Field
	text    *pattern // of the field
	kinds   func(kind, call record.Kind) bool
	jq      *query
}

// String returns the line that f was made of.
func (f *Filter) String() string {
	if f == nil {
		return ""
	}
	return f.line
}

// Empty reports whether f matches everything because it says nothing.
func (f *Filter) Empty() bool { return f == nil || len(f.terms) == 0 }

// Match reports whether r is looked for.
func (f *Filter) Match(r *record.Record) bool {
	if f == nil {
		return true
	}
	for i := range f.terms {
		if t := &f.terms[i]; t.match(r) == t.negated {
			return false
		}
	}
	return true
}

func (t *term) match(r *record.Record) bool {
	switch {
	case t.kinds != nil:
		return t.kinds(r.Kind, r.Call)
	case t.jq != nil:
		return t.jq.match(r.Data)
	case t.field == Anywhere:
		for s := range Text(r) {
			if t.text.in(s) {
				return true
			}
		}
		return false
	case t.field == Type:
		return t.text.in(r.Type)
	case t.field == Client:
		return t.text.in(r.ClientID)
	case t.field == ID:
		return t.text.in(r.ID)
	}
	host, _, _ := strings.Cut(r.Target, "/")
	return t.text.in(r.Target) || t.text.in(host)
}

// Text yields what text and regular expressions are looked for in.
func Text(r *record.Record) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range [...]string{r.Data, r.Type, r.ID, r.ClientID, r.URL, r.Subject, r.Message, r.Detail, string(r.Failure)} {
			if s != "" && !yield(s) {
				return
			}
		}
		if (r.Kind == record.Chunk || r.Kind == record.Discarded) && len(r.Raw) > 0 {
			yield(view(r.Raw))
		}
	}
}

// MayKind reports whether records of a kind can match, looking at nothing else.
func (f *Filter) MayKind(kind, call record.Kind) bool {
	if f == nil {
		return true
	}
	for i := range f.terms {
		if t := &f.terms[i]; t.kinds != nil && t.kinds(kind, call) == t.negated {
			return false
		}
	}
	return true
}

// Sieve returns a function that tells, from bytes in which the texts of records
// stand as they are, whether a record among them can match; it is false only if
// none can. It is nil if that needs a closer look in any case.
func (f *Filter) Sieve() func(b []byte) bool {
	if f == nil {
		return nil
	}
	var needles []needle
	for i := range f.terms {
		if t := &f.terms[i]; !t.negated && t.text != nil && len(t.text.part.text) > 0 {
			needles = append(needles, t.text.part)
		}
	}
	if len(needles) == 0 {
		return nil
	}
	// The longest first: it is missed soonest.
	slices.SortStableFunc(needles, func(a, b needle) int { return len(b.text) - len(a.text) })
	return func(b []byte) bool {
		s := view(b)
		for _, n := range needles {
			if n.index(s) < 0 {
				return false
			}
		}
		return true
	}
}

// view is b as a string, for as long as b does not change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
