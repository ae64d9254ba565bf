package jq

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/itchyny/gojq"
)

// gojq gives no access to the operands of its builtins, nor to the size of its
// stacks. This file reaches both by the names of gojq's fields. If they change in a
// version of gojq, no expression compiles, and the tests fail.

// errEngine says that the fields of gojq are not those that this file expects.
var errEngine = errors.New("this version of gojq is not supported")

// guard makes every call of a builtin check its cost before.
func (m *machine) guard(code *gojq.Code) error {
	if _, err := engine(); err != nil {
		return err
	}
	codes := reflect.ValueOf(code).Elem().FieldByName("codes")
	for i := range codes.Len() {
		operand := (*any)(codes.Index(i).Elem().FieldByName("v").Addr().UnsafePointer())
		call, ok := (*operand).([3]any) // function, number of arguments, name
		if !ok {
			continue
		}
		function, _ := call[0].(func(any, []any) any)
		name, _ := call[2].(string)
		cost, known := costs[name]
		if function == nil || !known {
			return fmt.Errorf("%s is not available", name)
		}
		if cost == nil {
			continue
		}
		call[0] = func(v any, args []any) any {
			if cost(m, v, args); m.meter.stopped != nil {
				return m.meter.stopped
			}
			return function(v, args)
		}
		*operand = call
	}
	return nil
}

// slice is the header of a slice.
type slice struct {
	data     unsafe.Pointer
	len, cap int
}

// stacks gives access to the stacks of a run.
type stacks struct {
	layout                                 *layout
	forks, values, operands, scopes, paths *slice
}

// layout says where the stacks are in gojq's env, the state of a run.
type layout struct {
	forks, values, operands, scopes, paths     uintptr // fields of env
	data                                       uintptr // field of a stack
	forkOperand                                uintptr // field of a fork: the index of its topmost operand
	forkSize, operandSize, scopeSize, pathSize uintptr
	iteration                                  reflect.Type // type of the list of values still to be iterated over
}

// pathSize is the size of what the engine allocates for each element that it
// iterates over.
const pathSize = 32

var engine = sync.OnceValues(func() (l *layout, err error) {
	defer func() {
		if recover() != nil { // a field is missing, or of another kind
			err = errEngine
		}
	}()
	query, err := gojq.Parse(".")
	if err != nil {
		return nil, err
	}
	if f, ok := reflect.TypeFor[gojq.Code]().FieldByName("codes"); !ok || f.Type.Elem().Kind() != reflect.Pointer {
		return nil, errEngine
	}
	if f, _ := reflect.TypeFor[gojq.Code]().FieldByName("codes"); f.Type.Elem().Elem().Field(0).Type != reflect.TypeFor[any]() {
		return nil, errEngine
	}
	env := reflect.TypeOf(query.Run(nil)).Elem()
	offset := func(of reflect.Type, name string, kind reflect.Kind) uintptr {
		f, ok := of.FieldByName(name)
		if !ok || f.Type.Kind() != kind {
			panic(name)
		}
		return f.Offset
	}
	stack := func(name string) (uintptr, reflect.Type) {
		at := offset(env, name, reflect.Pointer)
		f, _ := env.FieldByName(name)
		data, _ := f.Type.Elem().FieldByName("data")
		return at, data.Type.Elem()
	}
	l = &layout{forks: offset(env, "forks", reflect.Slice), values: offset(env, "values", reflect.Slice)}
	var operand, scope, path reflect.Type
	l.operands, operand = stack("stack")
	l.scopes, scope = stack("scopes")
	l.paths, path = stack("paths")
	field, _ := env.FieldByName("stack")
	l.data = offset(field.Type.Elem(), "data", reflect.Slice)
	field, _ = env.FieldByName("forks")
	fork := field.Type.Elem()
	l.forkOperand = offset(fork, "stackindex", reflect.Int)
	l.forkSize, l.operandSize, l.scopeSize, l.pathSize = fork.Size(), operand.Size(), scope.Size(), path.Size()
	if offset(operand, "value", reflect.Interface) != 0 {
		return nil, errEngine
	}
	field, _ = path.FieldByName("value")
	l.iteration = reflect.SliceOf(field.Type)
	return l, nil
})

// of sets s to the stacks of a run.
func (s *stacks) of(run gojq.Iter) {
	s.layout, _ = engine()
	l, env := s.layout, reflect.ValueOf(run).UnsafePointer()
	data := func(at uintptr) *slice { return (*slice)(unsafe.Add(*(*unsafe.Pointer)(unsafe.Add(env, at)), l.data)) }
	s.forks, s.values = (*slice)(unsafe.Add(env, l.forks)), (*slice)(unsafe.Add(env, l.values))
	s.operands, s.scopes, s.paths = data(l.operands), data(l.scopes), data(l.paths)
}

// size returns the size of the stacks in bytes.
func (s *stacks) size() uintptr {
	l := s.layout
	return uintptr(s.forks.cap)*l.forkSize + uintptr(s.values.cap)*unsafe.Sizeof(any(nil)) + uintptr(s.operands.cap)*l.operandSize +
		uintptr(s.scopes.cap)*l.scopeSize + uintptr(s.paths.cap)*l.pathSize
}

// iterated returns how many elements the topmost fork has left to iterate over, or
// 0 if it does not iterate.
func (s *stacks) iterated() float64 {
	l := s.layout
	fork := unsafe.Add(s.forks.data, uintptr(s.forks.len-1)*l.forkSize)
	at := *(*int)(unsafe.Add(fork, l.forkOperand))
	if at < 0 || at >= s.operands.len {
		return 0
	}
	operand := *(*any)(unsafe.Add(s.operands.data, uintptr(at)*l.operandSize))
	if reflect.TypeOf(operand) != l.iteration {
		return 0
	}
	return float64(reflect.ValueOf(operand).Len())
}
