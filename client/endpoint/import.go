package endpoint

import (
	"context"
	"fmt"
	"reflect"
)

// Resolution says what happens to an imported item whose name is taken.
type Resolution string

// The resolutions.
const (
	Skip     Resolution = "skip"      // what is saved stays
	Replace  Resolution = "replace"   // what is saved goes, with its secrets: the new one may send them elsewhere
	KeepBoth Resolution = "keep_both" // the imported one gets another name
)

// Conflict is a name that a file and a Store both have.
type Conflict struct {
	Environment bool // else it is a target
	Name        string
	Same        bool // they are equal: there is nothing to decide, and nothing happens
}

// Imported says what became of an item of a file.
type Imported struct {
	Environment bool
	Name        string     // in the file
	As          string     // how it is saved now
	Resolution  Resolution // of its conflict; "" if there was none
	Same        bool       // it was there already
	Secrets     []string   // its secret variables that are to be filled in
}

// Conflicts returns the names of f that are taken, targets first.
func (s *Store) Conflicts(f File) ([]Conflict, error) {
	file, err := s.Load()
	if err != nil {
		return nil, err
	}
	return append(conflicts(targets(), &file, &f), conflicts(environments(), &file, &f)...), nil
}

func conflicts[T any](k items[T], file, f *File) []Conflict {
	var found []Conflict
	index := k.index(file)
	for _, item := range *k.list(f) {
		if i, taken := index[*k.name(&item)]; taken {
			found = append(found, Conflict{isEnvironment(k), *k.name(&item), same(k, (*k.list(file))[i], item)})
		}
	}
	return found
}

func isEnvironment[T any](k items[T]) bool { return k.kind == environments().kind }

// same reports whether two items are equal in a file.
func same[T any](k items[T], a, b T) bool {
	a, b = k.prepare(a), k.prepare(b)
	withoutSecrets(k.variables(&a))
	withoutSecrets(k.variables(&b))
	return reflect.DeepEqual(a, b)
}

// Import saves the items of a file, all or none, and tells what became of each.
// resolve is asked about each conflict of items that are not the same; nil skips
// them. Decode's files have no secrets but literal ones: the others are to be
// filled in.
func (s *Store) Import(ctx context.Context, f File, resolve func(Conflict) Resolution) ([]Imported, error) {
	if resolve == nil {
		resolve = func(Conflict) Resolution { return Skip }
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.load()
	if err != nil {
		return nil, err
	}
	c := change{file: file, set: make(map[string]string)}
	report := merge(targets(), &c, &f, resolve)
	report = append(report, merge(environments(), &c, &f, resolve)...)
	for _, p := range c.file.check() {
		if !p.Warning() && p.Code != SecretInFile { // save leaves them out
			return nil, Problems{p}
		}
	}
	return report, s.commit(ctx, c)
}

func merge[T any](k items[T], c *change, f *File, resolve func(Conflict) Resolution) []Imported {
	var report []Imported
	index := k.index(&c.file)
	for _, item := range *k.list(f) {
		item = k.prepare(item)
		name := *k.name(&item)
		done := Imported{Environment: isEnvironment(k), Name: name, As: name}
		list := k.list(&c.file)
		if i, taken := index[name]; !taken {
			index[name] = len(*list)
			*list = append(*list, item)
		} else if same(k, (*list)[i], item) {
			done.Same = true
		} else {
			done.Resolution = resolve(Conflict{Environment: done.Environment, Name: name})
			switch done.Resolution {
			case Replace:
				c.remove = append(c.remove, k.keys(&(*list)[i])...)
				(*list)[i] = item
			case KeepBoth:
				done.As = k.free(index, name)
				*k.name(&item) = done.As
				index[done.As] = len(*list)
				*list = append(*list, item)
			default:
				done.Resolution = Skip
			}
		}
		if !done.Same && done.Resolution != Skip {
			k.values(&item, c.set)
			c.remove = append(c.remove, k.keys(&item)...)
			for _, v := range k.variables(&item) {
				if v.Secret && v.Value == "" {
					done.Secrets = append(done.Secrets, v.Name)
				}
			}
		}
		report = append(report, done)
	}
	return report
}

// Export returns the targets and environments of these names as a file, in the
// order of the store, without secrets. The error is ErrNotSaved if one is not
// there.
func (s *Store) Export(targetNames, environmentNames []string) (File, error) {
	file, err := s.Load()
	if err != nil {
		return File{}, err
	}
	out := File{Version: Version}
	if err := pick(targets(), &file, &out, targetNames); err != nil {
		return File{}, err
	}
	return out, pick(environments(), &file, &out, environmentNames)
}

func pick[T any](k items[T], file, out *File, names []string) error {
	index, wanted := k.index(file), make(map[string]bool)
	for _, name := range names {
		if _, saved := index[name]; !saved {
			return fmt.Errorf("%w: %s", ErrNotSaved, name)
		}
		wanted[name] = true
	}
	for _, item := range *k.list(file) {
		if wanted[*k.name(&item)] {
			*k.list(out) = append(*k.list(out), item)
		}
	}
	return nil
}
