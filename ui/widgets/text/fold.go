package text

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Indent is the number of spaces by which a level of an outline is indented.
const Indent = 2

// Fold is a part of a text that is not shown: from the line feed after a line up to the
// line feed before, or the bracket or end tag in, the next line that is not indented
// deeper.
type Fold struct {
	From, To int32
	Lines    int32 // lines of the next level in it
}

// Label returns what is shown instead in rows of a width: the beginning of the first line
// of the part, and the number of lines of its level.
func (f Fold) Label(text string, cells int) string {
	most := min(40, cells/3) // bytes
	first := strings.TrimLeft(text[min(f.From+1, f.To):f.To], " ")
	first, _, _ = strings.Cut(first[:min(len(first), most+utf8.UTFMax)], "\n")
	cut := min(len(first), most)
	for cut > 0 && cut < len(first) && !utf8.RuneStart(first[cut]) {
		cut--
	}
	return " " + strings.ReplaceAll(first[:cut], "\t", " ") + " … " + strconv.Itoa(int(f.Lines)) + " "
}

// Indentation returns the number of spaces that a line begins with.
func Indentation(line string) int {
	n := 0
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}

// Closes reports whether a line, without its indentation, ends a part of an outline.
func Closes(line string) bool {
	return line != "" && (line[0] == '}' || line[0] == ']' || strings.HasPrefix(line, "</"))
}

// LineEnd returns the offset of the line feed at the end of the line at an offset, or the
// length of text.
func LineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// Foldable reports whether lines that are indented deeper follow the line that begins at an
// offset and ends at end. A line that ends a part cannot be folded itself.
func Foldable(text string, begin, end int) bool {
	level := Indentation(text[begin:])
	return end < len(text) && Indentation(text[end+1:]) > level && !Closes(text[begin+level:])
}

// FoldAt returns the fold of the line that begins at an offset. ok is false if there is
// nothing to fold or done.
func FoldAt(text string, begin int, done func() bool) (f Fold, ok bool) {
	end := LineEnd(text, begin)
	if !Foldable(text, begin, end) {
		return Fold{}, false
	}
	f.From = int32(end)
	level := Indentation(text[begin:])
	for at, i := end+1, 0; at < len(text); i++ {
		line := text[at:]
		switch n := Indentation(line); {
		case n <= level:
			f.To = int32(at - 1)
			if n == level && Closes(line[n:]) {
				f.To = int32(at + n)
			}
			return f, true
		case n == level+Indent && !Closes(line[n:]):
			f.Lines++
		}
		at = LineEnd(text, at) + 1
		if i%(1<<14) == 0 && done() {
			return Fold{}, false
		}
	}
	f.To = int32(len(strings.TrimSuffix(text, "\n")))
	return f, true
}

// AllFolds returns the folds of all lines that are indented by least spaces or more.
func AllFolds(text string, least int, done func() bool) (all []Fold) {
	type part struct{ at, level int } // index in all
	var open []part
	before, end := 0, -1 // indentation and end of the line before; end is -1 if that cannot be folded
	for at, i := 0, 0; at < len(text); i++ {
		level := Indentation(text[at:])
		closer := Closes(text[at+level:])
		if end >= 0 && level > before && before >= least {
			open = append(open, part{len(all), before})
			all = append(all, Fold{From: int32(end)})
		}
		for len(open) > 0 && open[len(open)-1].level >= level {
			f := &all[open[len(open)-1].at]
			if f.To = int32(at - 1); closer && open[len(open)-1].level == level {
				f.To = int32(at + level)
			}
			open = open[:len(open)-1]
		}
		if len(open) > 0 && !closer && level == open[len(open)-1].level+Indent {
			all[open[len(open)-1].at].Lines++
		}
		before, end = level, LineEnd(text, at)
		at = end + 1
		if closer {
			end = -1
		}
		if i%(1<<14) == 0 && done() {
			return nil
		}
	}
	for _, p := range open {
		all[p.at].To = int32(len(strings.TrimSuffix(text, "\n")))
	}
	return all
}

// OneRoot reports whether only one line that is not indented can be folded.
func OneRoot(text string) bool {
	for at, n := 0, 0; at < len(text); {
		end := LineEnd(text, at)
		if text[at] != ' ' && Foldable(text, at, end) {
			if n++; n == 2 {
				return false
			}
			f, ok := FoldAt(text, at, func() bool { return false })
			if !ok {
				break
			}
			end = LineEnd(text, int(f.To))
		}
		at = end + 1
	}
	return true
}

// FoldIndex returns the index of the first fold at or after an offset.
func FoldIndex(folds []Fold, at int) int {
	i, _ := slices.BinarySearchFunc(folds, int32(at), func(f Fold, at int32) int { return int(f.From - at) })
	return i
}
