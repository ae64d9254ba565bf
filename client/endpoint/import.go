package endpoint

import (
	"context"
	"fmt"
	"reflect"
)

// Resolution says what to do with an imported item whose name is taken.
type Resolution string

// The resolutions.
const (
	Skip     Resolution = "skip"      // the saved item stays
	Replace  Resolution = "replace"   // the saved item is removed with its secrets, which the new one might send elsewhere
	KeepBoth Resolution = "keep_both" // the imported item gets another name
)

// Conflict is a name that is in both a file and a Store.
type Conflict struct {
	Environment bool // otherwise it is a target
	Name        string
	Same        bool // the items are equal: there is nothing to decide or do
}

// Imported says what happened to an item of a file.
type Imported struct {
	Environment bool
	Name        string     // in the file
	As          string     // the name under which it is saved
	Resolution  Resolution // of its conflict; "" if there was none
	Same        bool       // an equal item already existed
	Secrets     []string   // its secret variables that need a value
}

// Conflicts returns the names in f that are taken, targets first.
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

// same reports whether two items would be equal in a file.
func same[T any](k items[T], a, b T) bool {
	a, b = k.prepare(a), k.prepare(b)
	withoutSecrets(k.variables(&a))
	withoutSecrets(k.variables(&b))
	return reflect.DeepEqual(a, b)
}

// Import saves all items of a file, or none, and reports what happened to each.
// It calls resolve for each conflict of items that differ; nil skips them.
// Files from Decode have no secrets but literal ones; the others must be filled
// in.
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
		if !p.Warning() && p.Code != SecretInFile { // Encode omits them
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

// Export returns the named targets and environments as a file, in the order of
// the store and without secrets. If one does not exist, the error is
// ErrNotSaved.
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
