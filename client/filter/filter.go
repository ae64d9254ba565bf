package filter

import (
	"iter"
	"slices"
	"strings"
	"unsafe"

	"sseconsole/client/record"
)

// Field is the part of a record that a term is about.
type Field uint8

// The fields.
const (
	Anywhere Field = iota // everything that Text yields
	Type
	Client
	ID
	Target
)

// Filter is a parsed line. It is safe for use by several goroutines. The zero
// value and nil match everything.
type Filter struct {
	line  string
	terms []term
}

// term is one condition.
type term struct {
	negated bool
	field   Field
	text    *pattern // for the field
	kinds   func(kind, call record.Kind) bool
	jq      *query
}

// String returns the line that f was parsed from.
func (f *Filter) String() string {
	if f == nil {
		return ""
	}
	return f.line
}

// Empty reports whether f has no terms and so matches everything.
func (f *Filter) Empty() bool { return f == nil || len(f.terms) == 0 }

// Match reports whether all terms match r.
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

// Text yields the texts of r that text terms and regular expressions search.
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

// MayKind reports whether records of a kind can match, judging by the kind alone.
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

// Sieve returns a function that reports whether bytes that contain the texts of
// records unencoded can contain a record that matches; it never errs with false.
// Sieve returns nil if every record must be examined.
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
	// The longest first: it is the least likely to be found.
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

// view returns b as a string, which is valid as long as b does not change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
