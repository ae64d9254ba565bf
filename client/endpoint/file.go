package endpoint

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Version is the version of the files that Encode writes, and the only one that Decode
// accepts. A new field raises it.
const Version = 1

// File is the targets and environments of a file. docs/targets.md describes the format.
type File struct {
	Version      int           `json:"version"`
	Targets      []Spec        `json:"targets,omitempty"`
	Environments []Environment `json:"environments,omitempty"`
	Active       string        `json:"active,omitempty"` // the environment in use; not in exports
}

// What is wrong with a file as a whole. Its parts may have any other problem.
const (
	Syntax       ProblemCode = "syntax"        // not JSON; Err says why
	UnknownField ProblemCode = "unknown_field" // there is no such field
	FieldTwice   ProblemCode = "field_twice"   // the field is a duplicate
	WrongType    ProblemCode = "wrong_type"    // the value has the wrong type
	WrongVersion ProblemCode = "wrong_version" // the version is missing or was never used
	NewerVersion ProblemCode = "newer_version" // the file is of a later version of this program
	NotInFile    ProblemCode = "not_in_file"   // the active environment is not in the file
)

// FileError says where a file is wrong, and how. Such a file is rejected as a whole.
type FileError struct {
	Line, Column int     // from 1; the column counts bytes
	Problem      Problem // Field is the path within the file, such as targets[0].send.url
}

func (e *FileError) Error() string {
	return fmt.Sprintf("target: line %d, column %d: %s", e.Line, e.Column, strings.TrimPrefix(e.Problem.Error(), "target: "))
}

// Encode returns the file without any secret: it conceals literal ones and
// omits the values of secret variables.
func (f File) Encode() ([]byte, error) {
	out := File{Version: Version, Active: f.Active, Targets: make([]Spec, len(f.Targets)), Environments: make([]Environment, len(f.Environments))}
	for i, spec := range f.Targets {
		out.Targets[i] = spec.Conceal()
		withoutSecrets(out.Targets[i].Variables)
	}
	for i, e := range f.Environments {
		out.Environments[i] = e.Clone()
		withoutSecrets(out.Environments[i].Variables)
	}
	var b bytes.Buffer
	encoder := stdjson.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return nil, fmt.Errorf("target: encode: %w", err)
	}
	return b.Bytes(), nil
}

func withoutSecrets(variables []Variable) {
	for i := range variables {
		if variables[i].Secret {
			variables[i].Value = ""
		}
	}
}

// Decode parses a file. The error is a *FileError that says where the file is
// wrong: unknown fields, another version, duplicate names, and all that Check
// finds, except warnings, are errors.
func Decode(data []byte) (File, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var file File
	if err := wrongVersion(data); err != nil {
		return File{}, err
	}
	if err := json.Unmarshal(data, &file, json.RejectUnknownMembers(true)); err != nil {
		return File{}, decodeError(data, err)
	}
	for _, p := range file.check() {
		if !p.Warning() {
			line, column := position(data, offsetOf(data, p.Field))
			return File{}, &FileError{line, column, *p}
		}
	}
	return file, nil
}

// wrongVersion checks only the version: a file of another version may have any
// other fields.
func wrongVersion(data []byte) error {
	var head struct {
		Version jsontext.Value `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return decodeError(data, err)
	}
	version := string(head.Version)
	if version == strconv.Itoa(Version) {
		return nil
	}
	code := WrongVersion
	if n, err := strconv.Atoi(version); err == nil && n > Version {
		code = NewerVersion
	}
	line, column := position(data, offsetOf(data, "version"))
	return &FileError{line, column, Problem{"version", code, version, nil}}
}

func decodeError(data []byte, err error) error {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	problem, offset := Problem{Code: Syntax, Err: err}, int64(len(data))
	switch {
	case errors.As(err, &syntax):
		problem.Field, offset, problem.Err = fieldOf(data, syntax.JSONPointer), syntax.ByteOffset, syntax.Err
		if errors.Is(err, jsontext.ErrDuplicateName) {
			problem.Code, problem.Err = FieldTwice, nil
		}
	case errors.As(err, &semantic):
		problem.Field, offset = fieldOf(data, semantic.JSONPointer), semantic.ByteOffset
		problem.Code, problem.Err = WrongType, semantic.Err
		if errors.Is(err, json.ErrUnknownName) {
			problem.Code, problem.Err = UnknownField, nil
		}
	}
	for offset < int64(len(data)) && strings.IndexByte(" \t\r\n,:", data[offset]) >= 0 {
		offset++ // the offset is that of the preceding blanks
	}
	line, column := position(data, offset)
	return &FileError{line, column, problem}
}

// position returns line and column of a byte, from 1.
func position(data []byte, offset int64) (line, column int) {
	before := data[:min(offset, int64(len(data)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// fieldOf returns a JSON pointer as the path of a field.
func fieldOf(data []byte, pointer jsontext.Pointer) string {
	var b strings.Builder
	for name := range pointer.Tokens() {
		if _, err := strconv.Atoi(name); err == nil {
			b.WriteString("[" + name + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	return b.String()
}

// offsetOf returns the offset of a field, or of the longest part of its path
// that exists.
func offsetOf(data []byte, field string) int64 {
	path, depth := jsontext.Pointer(""), 1
	for name := range strings.FieldsFuncSeq(field, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		path = path.AppendToken(name)
		depth++
	}
	decoder, best, found := jsontext.NewDecoder(bytes.NewReader(data)), jsontext.Pointer(""), int64(0)
	for {
		before := decoder.InputOffset()
		if _, err := decoder.ReadToken(); err != nil {
			break
		}
		if decoder.StackDepth() > depth { // the pointer of a deeper value takes time for each level
			continue
		}
		if at := decoder.StackPointer(); len(at) > len(best) && path.Contains(at) {
			best, found = at, before
		}
	}
	for found < int64(len(data)) && strings.IndexByte(" \t\r\n,:", data[found]) >= 0 {
		found++
	}
	return found
}

// check returns what is wrong with a file that has been parsed.
func (f *File) check() []*Problem {
	c := &checker{}
	names := make(map[string]bool)
	item := func(field, name string, variables []Variable, problems []*Problem) {
		for i, v := range variables {
			if v.Secret && v.Value != "" {
				c.add(field+"."+indexed("variables", i, "value"), SecretInFile, "", nil)
			}
		}
		if names[name] {
			c.add(field+".name", Duplicate, name, nil)
		}
		names[name] = true
		for _, p := range problems {
			p.Field = field + "." + p.Field
			c.problems = append(c.problems, p)
		}
	}
	for i := range f.Targets {
		s := &f.Targets[i]
		item(fmt.Sprintf("targets[%d]", i), s.Name, s.Variables, s.Check())
	}
	clear(names)
	for i := range f.Environments {
		e := &f.Environments[i]
		item(fmt.Sprintf("environments[%d]", i), e.Name, e.Variables, e.Check())
	}
	if f.Active != "" && !names[f.Active] {
		c.add("active", NotInFile, f.Active, nil)
	}
	return c.problems
}
