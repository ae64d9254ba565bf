package widgets

import (
	"regexp"
	"sort"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// mostHits is how many places a search finds at most.
const mostHits = 100_000

// Find marks every place where something stands in the text, and chooses the
// first one in view or after it; "" ends the search. Upper and lower case are
// the same unless there is a capital letter in what is looked for.
func (t *TextView) Find(text string) {
	if text == t.find {
		return
	}
	t.find = text
	t.search(true)
}

// Finding returns what is looked for.
func (t *TextView) Finding() string { return t.find }

// FindNext chooses the next place that was found, or with -1 the one before. At
// the end it begins again.
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
	before := t.scroll
	t.choose(hit[0], hit[1])
	t.scroll.reveal(int64(rowAt(t.rows, hit[0])))
	t.afterScroll(before)
	t.found(i + 1)
}

func (t *TextView) found(at int) {
	if t.OnFound != nil {
		t.OnFound(at, len(t.hits))
	}
}

// search finds all places anew, a long text's in the background.
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

// hitAfter returns the first hit that ends after a place.
func (t *TextView) hitAfter(at int) int {
	return sort.Search(len(t.hits), func(i int) bool { return t.hits[i][1] > at })
}

// findAll returns where find stands in text, until done.
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

// finder returns what tells where find next stands in a text from a place on,
// -1 if it does not. The places it is asked for have to rise.
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

// folding looks for lower-case ASCII in any case, some ten times as fast as a
// regular expression. It goes from one place where the first letter stands to
// the next, small or capital.
type folding struct {
	text, find string
	first      [2]byte
	at         [2]int // where these stand next
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

// job counts work of one kind, so that older work knows when it is in vain. The
// count is read by other goroutines.
type job struct{ n atomic.Int64 }

// begin makes all work begun before vain, and returns what reports whether that
// of now is.
func (j *job) begin() (done func() bool) {
	mine := j.n.Add(1)
	return func() bool { return j.n.Load() != mine }
}
