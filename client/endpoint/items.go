package endpoint

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// items describes what targets and environments have in common in a Store.
type items[T any] struct {
	kind      string // used in the keys of secrets
	list      func(*File) *[]T
	name      func(*T) *string
	variables func(*T) []Variable
	prepare   func(T) T // returns a copy that can be saved
	check     func(*T) []*Problem
}

func targets() items[Spec] {
	return items[Spec]{
		kind:      "target",
		list:      func(f *File) *[]Spec { return &f.Targets },
		name:      func(s *Spec) *string { return &s.Name },
		variables: func(s *Spec) []Variable { return s.Variables },
		prepare:   func(s Spec) Spec { return s.Conceal() },
		check:     (*Spec).Check,
	}
}

func environments() items[Environment] {
	return items[Environment]{
		kind:      "environment",
		list:      func(f *File) *[]Environment { return &f.Environments },
		name:      func(e *Environment) *string { return &e.Name },
		variables: func(e *Environment) []Variable { return e.Variables },
		prepare:   func(e Environment) Environment { return e.Clone() },
		check:     (*Environment).Check,
	}
}

// find returns the index of an item, or -1.
func (k items[T]) find(f *File, name string) int {
	return slices.IndexFunc(*k.list(f), func(item T) bool { return *k.name(&item) == name })
}

// keys returns the keys of an item's secrets.
func (k items[T]) keys(item *T) []string {
	var keys []string
	for _, v := range k.variables(item) {
		if v.Secret {
			keys = append(keys, key(k.kind, *k.name(item), v.Name))
		}
	}
	return keys
}

// index returns the index of each item in a file, by name.
func (k items[T]) index(f *File) map[string]int {
	list := *k.list(f)
	index := make(map[string]int, len(list))
	for i := range list {
		if _, found := index[*k.name(&list[i])]; !found {
			index[*k.name(&list[i])] = i
		}
	}
	return index
}

// values adds the secrets of an item that have a value to set.
func (k items[T]) values(item *T, set map[string]string) {
	for _, v := range k.variables(item) {
		if v.Secret && v.Value != "" {
			set[key(k.kind, *k.name(item), v.Name)] = v.Value
		}
	}
}

// problems returns an error if something prevents an item from being saved.
func (k items[T]) problems(item *T) error {
	var problems Problems
	for _, p := range k.check(item) {
		if !p.Warning() {
			problems = append(problems, p)
		}
	}
	return problems.err()
}

// free returns a name derived from name that is not taken.
func (k items[T]) free(index map[string]int, name string) string {
	for n := 2; ; n++ {
		try := fmt.Sprintf("%s %d", name, n)
		if _, taken := index[try]; !taken {
			return try
		}
	}
}

func taken(name string) error { return Problems{{"name", Duplicate, name, nil}} }

func get[T any](ctx context.Context, s *Store, k items[T], name string) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var none T
	file, err := s.load()
	if err != nil {
		return none, err
	}
	i := k.find(&file, name)
	if i < 0 && file.Version > Version { // it may exist, with unknown fields
		return none, fmt.Errorf("%w: %s: %w", ErrNotSaved, name, &NewerError{file.Version})
	}
	if i < 0 {
		return none, fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	item := (*k.list(&file))[i]
	if err := fillIn(ctx, s, k, &item, name); err != nil {
		return none, err
	}
	return item, nil
}

// fillIn fills in the secrets of an item that lack a value, as stored under name.
func fillIn[T any](ctx context.Context, s *Store, k items[T], item *T, name string) error {
	variables := k.variables(item)
	for i := range variables {
		if v := &variables[i]; v.Secret && v.Value == "" {
			value, err := s.secrets.Get(ctx, key(k.kind, name, v.Name))
			if err != nil && !errors.Is(err, ErrNoSecret) {
				return err
			}
			v.Value = value
		}
	}
	return nil
}

// begin prepares an item for saving and loads the file. The caller holds the lock.
func begin[T any](s *Store, k items[T], item *T) (File, error) {
	*item = k.prepare(*item)
	if err := k.problems(item); err != nil {
		return File{}, err
	}
	return s.load()
}

func add[T any](ctx context.Context, s *Store, k items[T], item T) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := begin(s, k, &item)
	if err != nil {
		return err
	}
	if name := *k.name(&item); k.find(&file, name) >= 0 {
		return taken(name)
	}
	c := change{set: make(map[string]string)}
	k.values(&item, c.set)
	// Secrets that an earlier item of this name left in the keyring must not be used.
	c.remove = k.keys(&item)
	*k.list(&file) = append(*k.list(&file), item)
	c.file = file
	return s.commit(ctx, c)
}

func edit[T any](ctx context.Context, s *Store, k items[T], name string, item T) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := begin(s, k, &item)
	if err != nil {
		return err
	}
	i := k.find(&file, name)
	if i < 0 {
		return fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	if as := *k.name(&item); as != name {
		if k.find(&file, as) >= 0 {
			return taken(as)
		}
		if k.kind == environments().kind && file.Active == name {
			file.Active = as
		}
	}
	old := (*k.list(&file))[i]
	// A secret without a value inherits that of the old variable with its name, if
	// that was a secret, too.
	variables := k.variables(&item)
	for i := range variables {
		if v := &variables[i]; v.Secret && v.Value == "" && slices.Contains(k.keys(&old), key(k.kind, name, v.Name)) {
			if v.Value, err = s.secrets.Get(ctx, key(k.kind, name, v.Name)); err != nil && !errors.Is(err, ErrNoSecret) {
				return err
			}
		}
	}
	c := change{set: make(map[string]string), remove: append(k.keys(&old), k.keys(&item)...)}
	k.values(&item, c.set)
	(*k.list(&file))[i] = item
	c.file = file
	return s.commit(ctx, c)
}

func duplicate[T any](ctx context.Context, s *Store, k items[T], name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.load()
	if err != nil {
		return "", err
	}
	i := k.find(&file, name)
	if i < 0 {
		return "", fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	item := k.prepare((*k.list(&file))[i])
	if err := fillIn(ctx, s, k, &item, name); err != nil {
		return "", err
	}
	as := k.free(k.index(&file), name)
	*k.name(&item) = as
	c := change{set: make(map[string]string), remove: k.keys(&item)}
	k.values(&item, c.set)
	*k.list(&file) = slices.Insert(*k.list(&file), i+1, item)
	c.file = file
	return as, s.commit(ctx, c)
}

func remove[T any](ctx context.Context, s *Store, k items[T], name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.load()
	if err != nil {
		return err
	}
	i := k.find(&file, name)
	if i < 0 {
		return fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	c := change{remove: k.keys(&(*k.list(&file))[i])}
	*k.list(&file) = slices.Delete(*k.list(&file), i, i+1)
	if k.kind == environments().kind && file.Active == name {
		file.Active = ""
	}
	c.file = file
	return s.commit(ctx, c)
}
