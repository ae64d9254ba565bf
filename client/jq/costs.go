package jq

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"strings"

	"github.com/itchyny/gojq"
)

// cost charges, before a call of a builtin, for what the call can allocate and for
// its time. v is the input; operators have their operands in args.
type cost func(m *machine, v any, args []any)

// costs lists all builtins that gojq implements in Go. nil means that a call costs
// no more than a step. A builtin that is not listed is not available.
var costs = func() map[string]cost {
	all := map[string]cost{
		"_add":         func(m *machine, _ any, a []any) { m.add(a[0], a[1]) },
		"_subtract":    func(m *machine, _ any, a []any) { m.numbers(a); m.pairs(a[0], a[1]) },
		"_multiply":    func(m *machine, _ any, a []any) { m.numbers(a); m.multiply(a[0], a[1]) },
		"_divide":      func(m *machine, _ any, a []any) { m.numbers(a); m.split(a[0], a[1]) },
		"_modulo":      func(m *machine, _ any, a []any) { m.numbers(a) },
		"_negate":      func(m *machine, v any, _ []any) { m.number(v) },
		"_plus":        nil,
		"_alternative": nil,
		"_index":       func(m *machine, _ any, a []any) { m.index(a[0], a[1]) },
		"_slice":       func(m *machine, _ any, a []any) { m.index(a[0], 0); m.numbers(a[1:]) },
		"_range":       func(m *machine, _ any, a []any) { m.numbers(a) },
		"_allocator":   nil,
		"_break":       nil,
		"_captures":    func(m *machine, v any, _ []any) { m.meter.spend(entrySize * length(v)) },
		"_match":       func(m *machine, v any, a []any) { m.match(v, a[0], a[1], a[2]) },
		"_setpath":     func(m *machine, v any, a []any) { m.setPath(v, a[0], a[1], a[2]) },
		"setpath":      func(m *machine, v any, a []any) { m.setPath(v, a[0], a[1], nil) },
		"_delpaths":    func(m *machine, v any, a []any) { m.meter.spend(3*m.meter.tree(v) + 8*m.meter.tree(a[0])) },
		"delpaths":     func(m *machine, v any, a []any) { m.meter.spend(3*m.meter.tree(v) + 8*m.meter.tree(a[0])) },
		"getpath":      func(m *machine, v any, a []any) { m.getPath(v, a[0]) },

		"length":         func(m *machine, v any, _ []any) { m.number(v); m.index(v, 0) },
		"utf8bytelength": nil,
		"keys":           func(m *machine, v any, _ []any) { m.meter.spend(entrySize * length(v)) },
		"has":            func(m *machine, _ any, a []any) { m.numbers(a) },
		"add":            func(m *machine, v any, _ []any) { m.meter.spend(2 * sum(v)) },
		"join":           func(m *machine, v any, a []any) { m.meter.spend(2*sum(v) + 2*length(v)*flat(a[0])) },
		"toboolean":      nil,
		"tonumber":       func(m *machine, v any, _ []any) { m.number(v); m.digits(v); m.meter.spend(8 * flat(v)) },
		"type":           nil,
		"reverse":        func(m *machine, v any, _ []any) { m.meter.spend(valueSize * length(v)) },
		"contains":       func(m *machine, v any, a []any) { m.pairs(v, a[0]) },
		"inside":         func(m *machine, v any, a []any) { m.pairs(v, a[0]) },
		"startswith":     nil,
		"endswith":       nil,
		"ltrimstr":       nil,
		"rtrimstr":       nil,
		"trimstr":        nil,
		"ltrim":          nil,
		"rtrim":          nil,
		"trim":           nil,
		"explode":        func(m *machine, v any, _ []any) { m.meter.spend(runeSize * flat(v)) },
		"implode":        func(m *machine, v any, _ []any) { m.meter.spend(4 * length(v)) },
		"split":          func(m *machine, v any, a []any) { m.split(v, a[0]) },
		"ascii_downcase": func(m *machine, v any, _ []any) { m.meter.spend(flat(v)) },
		"ascii_upcase":   func(m *machine, v any, _ []any) { m.meter.spend(flat(v)) },
		"fromjson":       func(m *machine, v any, _ []any) { m.json(v) },
		"flatten":        func(m *machine, v any, _ []any) { m.meter.spend(2 * m.meter.tree(v)) },
		"min":            func(m *machine, v any, _ []any) { m.meter.spend(2 * m.meter.tree(v)) },
		"max":            func(m *machine, v any, _ []any) { m.meter.spend(2 * m.meter.tree(v)) },
		"_min_by":        func(m *machine, _ any, a []any) { m.meter.spend(2 * m.meter.tree(a[0])) },
		"_max_by":        func(m *machine, _ any, a []any) { m.meter.spend(2 * m.meter.tree(a[0])) },
		"transpose":      func(m *machine, v any, _ []any) { m.transpose(v) },
		"bsearch":        func(m *machine, v any, a []any) { m.meter.spend(m.meter.tree(v) + m.meter.tree(a[0])) },
		"strptime":       func(m *machine, v any, a []any) { m.meter.spend(20 * (flat(v) + flat(a[0]))) }, // its error quotes both
		"mktime":         func(m *machine, v any, _ []any) { m.meter.spend(2 * m.meter.tree(v)) },
		"builtins":       func(m *machine, _ any, _ []any) { m.meter.spend(1 << 20) },
		"error":          nil,
		"halt":           nil,
		"halt_error":     func(m *machine, _ any, a []any) { m.numbers(a) },
		"jn":             func(m *machine, _ any, a []any) { m.order(a[0]) },
		"yn":             func(m *machine, _ any, a []any) { m.order(a[0]) },
	}
	for _, name := range strings.Fields("_equal _notequal _greater _less _greatereq _lesseq") {
		all[name] = func(m *machine, _ any, a []any) { m.compare(a[0], a[1]) }
	}
	for _, name := range strings.Fields("indices index rindex") {
		all[name] = func(m *machine, v any, a []any) { m.find(v, a[0]) }
	}
	for _, name := range strings.Fields("tostring tojson format _tohtml _touri _tourid _tocsv _totsv _tosh _tobase64 _tobase64d") {
		all[name] = func(m *machine, v any, _ []any) { m.text(v) }
	}
	for _, name := range strings.Fields("sort unique") {
		all[name] = func(m *machine, v any, _ []any) { m.sort(v, v) }
	}
	for _, name := range strings.Fields("_sort_by _group_by _unique_by") {
		all[name] = func(m *machine, v any, a []any) { m.sort(v, a[0]) }
	}
	for _, name := range strings.Fields("strftime strflocaltime") {
		all[name] = func(m *machine, v any, a []any) { m.format(v, a[0]) }
	}
	for _, name := range strings.Fields(`sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh floor round nearbyint rint ceil
		trunc significand fabs sqrt cbrt exp exp10 exp2 expm1 frexp modf log log10 log1p log2 logb gamma tgamma lgamma erf erfc
		j0 j1 y0 y1 isfinite isinfinite isnan isnormal gmtime localtime`) {
		all[name] = func(m *machine, v any, _ []any) { m.number(v) }
	}
	for _, name := range strings.Fields("atan2 copysign drem fdim fmax fmin fmod hypot nextafter nexttoward remainder ldexp scalb scalbln pow fma") {
		all[name] = func(m *machine, _ any, a []any) { m.numbers(a) }
	}
	for _, name := range strings.Fields("infinite nan now") {
		all[name] = nil
	}
	return all
}()

// add charges for the sum of two values.
func (m *machine) add(l, r any) {
	m.number(l)
	m.number(r)
	if l != nil && r != nil {
		m.meter.spend(flat(l) + flat(r))
	}
}

// multiply charges for the product of two values; number bounds numbers.
func (m *machine) multiply(l, r any) {
	if _, ok := l.(string); !ok {
		l, r = r, l
	}
	switch s := l.(type) {
	case string:
		if n, ok := gojq.ToFloat64(r); ok && n > 0 {
			m.meter.spend(float64(len(s)) * n)
		}
	case map[string]any:
		m.meter.spend(m.meter.tree(l) + m.meter.tree(r))
	}
}

// split charges for splitting a string by a separator.
func (m *machine) split(v, separator any) {
	s, ok := v.(string)
	sep, ok2 := separator.(string)
	if ok && ok2 && s != "" {
		m.meter.spend(entrySize * float64(strings.Count(s, sep)+1))
	}
}

// index charges for an element of v. In a string gojq counts characters to find it.
func (m *machine) index(v, at any) {
	m.number(at)
	switch v := v.(type) {
	case string:
		m.meter.spend(4 * float64(len(v)))
	case []any:
		if part, ok := at.([]any); ok {
			m.find(v, part)
		}
	}
}

// find charges for finding x in v.
func (m *machine) find(v, x any) {
	if s, ok := v.(string); ok {
		if x, ok := x.(string); ok {
			m.meter.spend(float64(len(s)) * (runeSize + 2*float64(len(x))))
		}
		return
	}
	m.pairs(v, x)
}

// pairs charges for comparing each part of l with each part of r.
func (m *machine) pairs(l, r any) {
	if isTree(l) && isTree(r) {
		m.meter.spend(m.meter.tree(l) * m.meter.tree(r) / valueSize)
	}
}

func (m *machine) compare(l, r any) {
	m.number(l)
	m.number(r)
	if isTree(l) && isTree(r) {
		m.meter.spend(m.meter.tree(l) + m.meter.tree(r))
	}
}

// sort charges for sorting v by keys.
func (m *machine) sort(v, keys any) {
	m.meter.spend(entrySize*length(v) + m.meter.tree(keys)*(2+math.Log2(length(v)+2)/2))
}

// text charges for v as text, in which a character may need six bytes.
func (m *machine) text(v any) {
	m.number(v)
	m.meter.spend(6 * m.meter.tree(v))
}

// format charges for formatting a time; each part of the format may be 1,024 wide.
func (m *machine) format(v, format any) {
	m.number(v)
	if s, ok := format.(string); ok {
		each := 128.0
		if strings.ContainsAny(s, "123456789") {
			each = 1024
		}
		m.meter.spend(float64(len(s)) + each*float64(strings.Count(s, "%")))
	}
	m.meter.spend(m.meter.tree(v))
}

// transpose charges for a matrix, whose shorter rows are filled up.
func (m *machine) transpose(v any) {
	rows, _ := v.([]any)
	widest := 0.0
	for _, row := range rows {
		widest = max(widest, length(row))
	}
	m.meter.spend(valueSize*widest*float64(len(rows)) + 40*widest)
}

// order charges for a Bessel function, whose steps are as many as its order.
func (m *machine) order(v any) {
	m.number(v)
	if n, ok := gojq.ToFloat64(v); ok {
		m.meter.spend(step * math.Abs(n))
	}
}

func (m *machine) getPath(v, path any) {
	steps, _ := path.([]any)
	m.meter.spend(pathSize * float64(len(steps)))
	for _, at := range steps {
		m.number(at)
		if _, ok := at.([]any); ok {
			m.pairs(v, at)
		}
	}
}

// setPath charges for setting a path in v to value. gojq copies every container on
// the path, except those that the same assignment has made. Their addresses are in
// its allocator, a set.
func (m *machine) setPath(v, path, value, allocator any) {
	steps, _ := path.([]any)
	made := reflect.ValueOf(allocator)
	ours := func(v any) bool {
		return allocator != nil && isTree(v) && made.MapIndex(reflect.ValueOf(reflect.ValueOf(v).Pointer())).IsValid()
	}
	m.meter.spend(pathSize * float64(len(steps)))
	for i, at := range steps {
		m.number(at)
		if !ours(v) {
			m.meter.spend(flat(v))
		}
		switch at := at.(type) {
		case string:
			object, _ := v.(map[string]any)
			m.meter.spend(entrySize + objectSize)
			v = object[at]
		case map[string]any: // a slice of an array: charged as all of it
			m.meter.spend(flat(v))
			if i == len(steps)-1 {
				m.meter.spend(flat(value))
			}
		default:
			n, isNumber := gojq.ToFloat64(at)
			if !isNumber {
				return
			}
			array, _ := v.([]any)
			v = nil
			switch {
			case n >= float64(len(array)):
				m.meter.spend(valueSize * (n + 1))
				if n < float64(cap(array)) && ours(array) {
					m.meter.left += valueSize * n
				} else {
					m.meter.spend(valueSize * 2 * float64(len(array)))
				}
			case n >= 0:
				v = array[int(n)]
			case -n <= float64(len(array)):
				v = array[len(array)+int(n)]
			}
		}
	}
}

// json charges for parsing a JSON text.
func (m *machine) json(v any) {
	if s, ok := v.(string); ok {
		m.meter.spend(jsonSize(s))
	}
}

// jsonSize returns an upper bound for the memory of the value of a JSON text. It is
// fast, and s need not be valid JSON.
func jsonSize(s string) float64 {
	size := 2 * len(s)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		case ',', ':':
			size += 64
		case '[':
			size += 64
		case '{':
			size += objectSize
		}
	}
	return float64(size)
}

// numbers checks the operands that are numbers.
func (m *machine) numbers(args []any) {
	for _, v := range args {
		m.number(v)
	}
}

// number stops the run at a number with too many digits: the time of some
// operations grows with their square.
func (m *machine) number(v any) {
	switch v := v.(type) {
	case *big.Int:
		if v.BitLen() > maxDigits*4 {
			m.meter.stop(TooBig)
		}
	case json.Number:
		m.digits(string(v))
	}
}

func (m *machine) digits(v any) {
	if s, ok := v.(string); ok && len(s) > maxDigits {
		m.meter.stop(TooBig)
	}
}
