package saved

import (
	"context"

	"sseconsole/client/atomicfile"
	"sseconsole/client/endpoint"
	"sseconsole/client/regularfile"
)

// Read reads a targets file in the background. It then calls done, in the same
// goroutine, with the file and the conflicting names.
func (t *Targets) Read(path string, done func(endpoint.File, []endpoint.Conflict, error)) {
	var file endpoint.File
	var conflicts []endpoint.Conflict
	t.Edit(func(_ context.Context, s *endpoint.Store) (err error) {
		if file, err = readTargets(path); err == nil {
			conflicts, err = s.Conflicts(file)
		}
		return err
	}, func(err error) { done(file, conflicts, err) })
}

func readTargets(path string) (endpoint.File, error) {
	data, err := regularfile.Read(path, endpoint.Largest)
	if err != nil {
		return endpoint.File{}, err
	}
	return endpoint.Decode(data)
}

// Import saves the items of a file in the background. r resolves conflicting names. It
// then calls done, in the same goroutine, with the result for each item.
func (t *Targets) Import(file endpoint.File, r endpoint.Resolution, done func([]endpoint.Imported, error)) {
	var report []endpoint.Imported
	t.Edit(func(ctx context.Context, s *endpoint.Store) (err error) {
		report, err = s.Import(ctx, file, func(endpoint.Conflict) endpoint.Resolution { return r })
		return err
	}, func(err error) { done(report, err) })
}

// Export writes the named items to a file, without secrets, in the background. It then
// calls done in the same goroutine.
func (t *Targets) Export(path string, targets, environments []string, done func(error)) {
	t.Edit(func(_ context.Context, s *endpoint.Store) error {
		file, err := s.Export(targets, environments)
		if err != nil {
			return err
		}
		data, err := file.Encode()
		if err != nil {
			return err
		}
		return atomicfile.WriteData(path, data)
	}, done)
}
