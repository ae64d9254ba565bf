package widgets

import (
	"regexp"
	"sort"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"sseconsole/ui/widgets/text"
)

// mostHits is the largest number of matches of a search.
const mostHits = 100_000

// Find highlights all occurrences of text and selects the first one in view or
// after it; "" ends the search. Case is ignored unless text has a capital letter.
func (t *TextView) Find(text string) {
	if text == t.find {
		return
	}
	t.find = text
	t.search(true)
}

// Finding returns the text being searched for.
func (t *TextView) Finding() string { return t.find }

// FindNext selects the next match, or the previous one if by is -1. It wraps
// around at the ends.
func (t *TextView) FindNext(by int) {
	if len(t.hits) == 0 {
		return
	}
	from, _ := t.selection()
	at := sort.Search(len(t.hits), func(i int) bool { return t.hits[i][0] >= from })
	if by > 0 && at < len(t.hits) && t.hits[at][0] == from && t.head != t.anchor {
		at++
	} else if by < 0 {
		at--
	}
	t.chooseHit((at + len(t.hits)) % len(t.hits))
}

func (t *TextView) chooseHit(i int) {
	hit := t.hits[i]
	t.unfold(hit[0], hit[1], func() {
		before := t.scroll
		t.choose(hit[0], hit[1])
		t.scroll.reveal(int64(text.RowAt(t.rows, hit[0])))
		t.afterScroll(before)
		t.found(i + 1)
	})
}

func (t *TextView) found(at int) {
	if t.OnFound != nil {
		t.OnFound(at, len(t.hits))
	}
}

// search finds all matches again, in the background if the text is long.
func (t *TextView) search(choose bool) {
	done := t.finding.begin()
	text, find := t.text, t.find
	finish := func(hits [][2]int) {
		t.hits = hits
		t.redraw()
		if choose && len(hits) > 0 && len(t.rows) > 0 {
			top := t.rows[min(int(t.scroll.top), len(t.rows)-1)]
			t.chooseHit(t.hitAfter(top) % len(hits))
			return
		}
		t.found(0)
	}
	if len(text) <= atOnce || t.Post == nil || find == "" {
		finish(findAll(text, find, done))
		return
	}
	t.hits = nil
	post := t.Post
	go func() {
		hits := findAll(text, find, done)
		post(func() {
			if !done() {
				finish(hits)
			}
		})
	}()
}

// hitAfter returns the index of the first match that ends after an offset.
func (t *TextView) hitAfter(at int) int {
	return sort.Search(len(t.hits), func(i int) bool { return t.hits[i][1] > at })
}

// findAll returns the occurrences of find in text. It stops early once done.
func findAll(text, find string, done func() bool) (hits [][2]int) {
	if find == "" {
		return nil
	}
	next := finder(text, find)
	for at := 0; len(hits) < mostHits && !done(); {
		from, to := next(at)
		if from < 0 {
			break
		}
		hits = append(hits, [2]int{from, to})
		at = to
	}
	return hits
}

// finder returns a function that returns the next occurrence of find in text from
// an offset on, or -1, -1. Its offsets must be ascending.
func finder(text, find string) func(at int) (from, to int) {
	if strings.ContainsFunc(find, unicode.IsUpper) || !strings.ContainsFunc(find, hasCase) {
		return func(at int) (from, to int) {
			if from = strings.Index(text[at:], find); from < 0 {
				return -1, -1
			}
			return at + from, at + from + len(find)
		}
	}
	if isASCII(find) {
		return newFolding(text, find).next
	}
	pattern := regexp.MustCompile("(?i)" + regexp.QuoteMeta(find))
	return func(at int) (from, to int) {
		if found := pattern.FindStringIndex(text[at:]); found != nil {
			return at + found[0], at + found[1]
		}
		return -1, -1
	}
}

func hasCase(r rune) bool { return unicode.SimpleFold(r) != r }

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// folding searches for lower-case ASCII, ignoring case, about ten times as fast as
// a regular expression. It jumps between occurrences of the first letter in either
// case.
type folding struct {
	text, find string
	first      [2]byte
	at         [2]int // their next occurrences
}

func newFolding(text, find string) *folding {
	first := find[0]
	if first >= 'a' && first <= 'z' {
		first -= 'a' - 'A'
	}
	return &folding{text: text, find: find, first: [2]byte{find[0], first}, at: [2]int{-1, -1}}
}

func (f *folding) next(from int) (at, to int) {
	for {
		for i, c := range f.first {
			if f.at[i] < from {
				f.at[i] = len(f.text)
				if n := strings.IndexByte(f.text[from:], c); n >= 0 {
					f.at[i] = from + n
				}
			}
		}
		at, to = min(f.at[0], f.at[1]), min(f.at[0], f.at[1])+len(f.find)
		if to > len(f.text) {
			return -1, -1
		}
		if sameFold(f.text[at:to], f.find) {
			return at, to
		}
		from = at + 1
	}
}

func sameFold(text, lower string) bool {
	for i := range len(lower) {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// job numbers the runs of one kind of work, so that an older run can tell that it
// is obsolete. Other goroutines read the number.
type job struct{ n atomic.Int64 }

// begin starts a run and makes all earlier ones obsolete. done reports whether
// this run is obsolete; it may be called from any goroutine.
func (j *job) begin() (done func() bool) {
	mine := j.n.Add(1)
	return func() bool { return j.n.Load() != mine }
}
