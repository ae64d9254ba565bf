package widgets

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// indent is the number of spaces by which a level of an outline is indented.
const indent = 2

// fold is a part of a text that is not shown: from the line feed after a line up to the
// line feed before, or the bracket or end tag in, the next line that is not indented
// deeper.
type fold struct {
	from, to int32
	n        int32 // lines of the next level in it
}

// label returns what is shown instead in rows of a width: the beginning of the first line
// of the part, and the number of lines of its level.
func (f fold) label(text string, cells int) string {
	most := min(40, cells/3) // bytes
	first := strings.TrimLeft(text[min(f.from+1, f.to):f.to], " ")
	first, _, _ = strings.Cut(first[:min(len(first), most+utf8.UTFMax)], "\n")
	cut := min(len(first), most)
	for cut > 0 && cut < len(first) && !utf8.RuneStart(first[cut]) {
		cut--
	}
	return " " + strings.ReplaceAll(first[:cut], "\t", " ") + " … " + strconv.Itoa(int(f.n)) + " "
}

// indentation returns the number of spaces that a line begins with.
func indentation(line string) int {
	n := 0
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}

// closes reports whether a line, without its indentation, ends a part of an outline.
func closes(line string) bool {
	return line != "" && (line[0] == '}' || line[0] == ']' || strings.HasPrefix(line, "</"))
}

// lineEnd returns the offset of the line feed at the end of the line at an offset, or the
// length of text.
func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// foldable reports whether lines that are indented deeper follow the line that begins at an
// offset and ends at end. A line that ends a part cannot be folded itself.
func foldable(text string, begin, end int) bool {
	level := indentation(text[begin:])
	return end < len(text) && indentation(text[end+1:]) > level && !closes(text[begin+level:])
}

// foldAt returns the fold of the line that begins at an offset. ok is false if there is
// nothing to fold or done.
func foldAt(text string, begin int, done func() bool) (f fold, ok bool) {
	end := lineEnd(text, begin)
	if !foldable(text, begin, end) {
		return fold{}, false
	}
	f.from = int32(end)
	level := indentation(text[begin:])
	for at, i := end+1, 0; at < len(text); i++ {
		line := text[at:]
		switch n := indentation(line); {
		case n <= level:
			f.to = int32(at - 1)
			if n == level && closes(line[n:]) {
				f.to = int32(at + n)
			}
			return f, true
		case n == level+indent && !closes(line[n:]):
			f.n++
		}
		at = lineEnd(text, at) + 1
		if i%(1<<14) == 0 && done() {
			return fold{}, false
		}
	}
	f.to = int32(len(strings.TrimSuffix(text, "\n")))
	return f, true
}

// allFolds returns the folds of all lines that are indented by least spaces or more.
func allFolds(text string, least int, done func() bool) (all []fold) {
	type part struct{ at, level int } // index in all
	var open []part
	before, end := 0, -1 // indentation and end of the line before; end is -1 if that cannot be folded
	for at, i := 0, 0; at < len(text); i++ {
		level := indentation(text[at:])
		closer := closes(text[at+level:])
		if end >= 0 && level > before && before >= least {
			open = append(open, part{len(all), before})
			all = append(all, fold{from: int32(end)})
		}
		for len(open) > 0 && open[len(open)-1].level >= level {
			f := &all[open[len(open)-1].at]
			if f.to = int32(at - 1); closer && open[len(open)-1].level == level {
				f.to = int32(at + level)
			}
			open = open[:len(open)-1]
		}
		if len(open) > 0 && !closer && level == open[len(open)-1].level+indent {
			all[open[len(open)-1].at].n++
		}
		before, end = level, lineEnd(text, at)
		at = end + 1
		if closer {
			end = -1
		}
		if i%(1<<14) == 0 && done() {
			return nil
		}
	}
	for _, p := range open {
		all[p.at].to = int32(len(strings.TrimSuffix(text, "\n")))
	}
	return all
}

// oneRoot reports whether only one line that is not indented can be folded.
func oneRoot(text string) bool {
	for at, n := 0, 0; at < len(text); {
		end := lineEnd(text, at)
		if text[at] != ' ' && foldable(text, at, end) {
			if n++; n == 2 {
				return false
			}
			f, ok := foldAt(text, at, func() bool { return false })
			if !ok {
				break
			}
			end = lineEnd(text, int(f.to))
		}
		at = end + 1
	}
	return true
}

// foldIndex returns the index of the first fold at or after an offset.
func foldIndex(folds []fold, at int) int {
	i, _ := slices.BinarySearchFunc(folds, int32(at), func(f fold, at int32) int { return int(f.from - at) })
	return i
}
