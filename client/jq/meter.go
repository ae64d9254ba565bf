package jq

import (
	"encoding/json"
	"math/big"
)

// Bounds of one run, in bytes. A step counts as bytes, too, for what it leaves on
// the stacks and for its time.
const (
	budget    = 64 << 20
	step      = 32
	maxStacks = 16 << 20 // the engine's stacks
	maxDepth  = 10_000   // levels of nesting, as in encoding/json
	maxDigits = 2_000    // digits of a number
	maxText   = 4 << 10  // the text of an error value
)

// Sizes of values, in bytes.
const (
	valueSize  = 16  // an element of an array
	runeSize   = 24  // a character as an element of an array
	entrySize  = 48  // an entry of an object, without its key's text
	objectSize = 320 // an object with one entry
)

// meter is what a run may still spend, and why it was stopped.
type meter struct {
	left    float64 // bytes
	stopped error
}

func (m *meter) stop(why Reason) {
	if m.stopped == nil {
		m.stopped = &Stopped{Reason: why}
	}
}

func (m *meter) spend(n float64) {
	if m.left -= n; m.left < 0 {
		m.stop(TooMuch)
	}
}

// tree returns the size of v with everything in it, counting shared parts every
// time. It stops once the size exceeds what is left, or nesting is too deep.
func (m *meter) tree(v any) float64 {
	size := 0.0
	m.walk(v, &size, 0)
	return size
}

func (m *meter) walk(v any, size *float64, depth int) {
	*size += valueSize + flat(v)
	if depth > maxDepth {
		m.stop(TooDeep)
	}
	switch v := v.(type) {
	case json.Number:
		if len(v) > maxDigits {
			m.stop(TooBig)
		}
	case []any:
		for _, v := range v {
			if m.stopped != nil || *size > m.left {
				return
			}
			m.walk(v, size, depth+1)
		}
	case map[string]any:
		for k, v := range v {
			if m.stopped != nil || *size > m.left {
				return
			}
			*size += float64(len(k))
			m.walk(v, size, depth+1)
		}
	}
}

// flat returns the size of v without what its elements contain.
func flat(v any) float64 {
	switch v := v.(type) {
	case string:
		return float64(len(v))
	case json.Number:
		return float64(len(v))
	case *big.Int:
		return float64(v.BitLen()) / 8
	case []any:
		return valueSize * float64(len(v))
	case map[string]any:
		return entrySize * float64(len(v))
	}
	return 0
}

// sum returns the size of the elements of v, without what they contain.
func sum(v any) float64 {
	size := 0.0
	switch v := v.(type) {
	case []any:
		for _, v := range v {
			size += valueSize + flat(v)
		}
	case map[string]any:
		for _, v := range v {
			size += valueSize + flat(v)
		}
		size += entrySize * float64(len(v)) // its keys are sorted
	}
	return size
}

func length(v any) float64 {
	switch v := v.(type) {
	case []any:
		return float64(len(v))
	case map[string]any:
		return float64(len(v))
	}
	return 0
}

func isTree(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}
