package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"sseconsole/client/record"
)

// create begins a run in dir, which ends with the test.
func create(t *testing.T, dir string) *Journal {
	t.Helper()
	j, err := Create(Config{Dir: dir, Retention: Retention{Age: -1, Bytes: -1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// finished creates a run of n records, closes it, and returns the path of its file.
func finished(t *testing.T, dir string, n int64) string {
	t.Helper()
	j := create(t, dir)
	for i := range n {
		j.Append(event(i + 1))
	}
	path := j.w.disk.file.(*os.File).Name()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// inFullFrames is finished while the clock stands still: a block is written only when
// it is full, so each region is one frame.
func inFullFrames(t *testing.T, n int64) (path string) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) { path = finished(t, dir, n) })
	return path
}

func TestOnlyTheOwnerCanReadARun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "runs")
	path := finished(t, dir, 1)
	for name, want := range map[string]fs.FileMode{filepath.Dir(dir): 0o700, dir: 0o700, path: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestTheDirectoryFollowsXDG(t *testing.T) {
	data := t.TempDir()
	t.Setenv("XDG_DATA_HOME", data)
	if dir, err := DefaultDir(); err != nil || dir != filepath.Join(data, "sse-console", "runs") {
		t.Errorf("%s, %v", dir, err)
	}
	t.Setenv("XDG_DATA_HOME", "relative")
	if dir, err := DefaultDir(); err != nil || !filepath.IsAbs(dir) {
		t.Errorf("%s, %v", dir, err)
	}
}

func TestRunsReturnsTheNewestFirst(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	finished(t, dir, 0)
	finished(t, dir, 30)
	current := create(t, dir)
	defer current.Close()
	current.Append(record.Record{Target: "staging"})
	current.Append(record.Record{Target: "embedded"})
	current.Append(record.Record{})
	awaitWritten(t, current, 3)
	other := filepath.Join(dir, "other"+extension)
	if err := os.WriteFile(other, []byte("this is not a journal"), 0o600); err != nil {
		t.Fatal(err)
	}

	runs, err := Runs(dir)
	if err != nil || len(runs) != 3 {
		t.Fatalf("%+v, %v", runs, err)
	}
	if r := runs[0]; r.Path != other || !errors.Is(r.Err, ErrNotJournal) {
		t.Errorf("a file that is not a journal: %+v", r)
	}
	if r := runs[1]; !r.InUse || r.Records != 3 || strings.Join(r.Targets, " ") != "staging embedded" || time.Since(r.Started) > time.Hour {
		t.Errorf("the current run is %+v", r)
	}
	if r := runs[2]; r.InUse || r.Records != 30 || r.Bytes == 0 {
		t.Errorf("the finished run is %+v", r)
	}
	if runs, err := Runs(filepath.Join(dir, "missing")); len(runs) > 0 || err != nil {
		t.Errorf("a missing directory has %v, %v", runs, err)
	}
}

// awaitWritten waits until n records are in j's file.
func awaitWritten(t *testing.T, j *Journal, n int64) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		if _, last := j.w.disk.bounds(); last >= n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the records are not written")
		}
		<-time.After(5 * time.Millisecond)
	}
}

func TestATornEndIsCutOffWhereverItIs(t *testing.T) {
	path := inFullFrames(t, 3000)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := OpenRun(path)
	if err != nil {
		t.Fatal(err)
	}
	end := r.disk.end
	lastFrame := r.disk.index[len(r.disk.index)-1]
	r.Close()
	for _, size := range []int64{lastFrame.off + 1, lastFrame.off + frameSize, lastFrame.off + frameSize + 100, end - 1, end, end + 1, int64(len(whole)) - 1} {
		want := lastFrame.first - 1
		if size >= end {
			want = 3000
		}
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"at first", "repaired"} {
			r, err := OpenRun(path)
			if err != nil {
				t.Fatal(err)
			}
			if first, last := r.Bounds(); first != 1 || last != want || r.Run.Records != want {
				t.Errorf("cut at %d, %s: bounds %d, %d of %d", size, name, first, last, want)
			}
			check(t, r, max(1, want-50), want)
			info, _ := os.Stat(path)
			if _, _, finished, _ := openDisk(r.disk.file, info.Size()); !finished {
				t.Errorf("cut at %d, %s: not repaired", size, name)
			}
			r.Close()
		}
	}
}

func TestALastFrameOfZerosIsCutOff(t *testing.T) {
	path := inFullFrames(t, 3000) // as a power failure leaves it
	r, err := OpenRun(path)
	if err != nil {
		t.Fatal(err)
	}
	last, end := r.disk.index[len(r.disk.index)-1], r.disk.end
	r.Close()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.Truncate(end - 1000)
	f.Truncate(end)
	f.Close()
	if r, err = OpenRun(path); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, n := r.Bounds(); n != last.first-1 {
		t.Errorf("the run ends with record %d, want %d", n, last.first-1)
	}
}

func TestDamageInTheMiddleCostsOneBlock(t *testing.T) {
	for _, damage := range []string{"head", "body"} {
		for _, summary := range []bool{true, false} {
			path := inFullFrames(t, 3000)
			r, err := OpenRun(path)
			if err != nil {
				t.Fatal(err)
			}
			place, next, end := r.disk.index[2], r.disk.index[3], r.disk.end
			r.Close()
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			at := place.off
			if damage == "body" {
				at += frameSize + 2000
			}
			f.WriteAt([]byte("?????"), at)
			if !summary {
				f.Truncate(end)
			}
			f.Close()

			if r, err = OpenRun(path); err != nil {
				t.Fatal(err)
			}
			check(t, r, 1, place.first-1)
			check(t, r, next.first, 3000)
			if r.At(place.first) != nil {
				t.Error("a damaged record is returned")
			}
			n := int64(0)
			for range r.Scan(1, 3000) {
				n++
			}
			if n != 3000-(next.first-place.first) {
				t.Errorf("%s damaged, summary %t: a scan gives %d", damage, summary, n)
			}
			r.Close()
		}
	}
}

func TestPruneRemovesTheOldestButNoneInUse(t *testing.T) {
	setup := func(t *testing.T) (dir string, paths []string) {
		dir = t.TempDir()
		for i := range 6 {
			path := finished(t, dir, 100)
			paths = append(paths, path)
			at := time.Now().Add(time.Duration(i-100) * time.Hour)
			if err := os.Chtimes(path, at, at); err != nil {
				t.Fatal(err)
			}
		}
		return dir, paths
	}
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	tests := []struct {
		name      string
		retention func(path string) Retention
		inUse     []int
		left      string
	}{
		{"by default", func(string) Retention { return Retention{} }, nil, "012345"},
		{"without bounds", func(string) Retention { return Retention{Age: -1, Bytes: -1} }, nil, "012345"},
		{"by age", func(string) Retention { return Retention{Age: 97*time.Hour + 30*time.Minute} }, nil, "345"},
		{"by size", func(p string) Retention { return Retention{Bytes: 2 * size(p)} }, nil, "45"},
		{"by size, some in use", func(p string) Retention { return Retention{Bytes: 3 * size(p)} }, []int{0, 2}, "025"},
		{"all too old, some in use", func(string) Retention { return Retention{Age: time.Hour} }, []int{3}, "3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, paths := setup(t)
			for _, i := range tt.inUse {
				r, err := OpenRun(paths[i])
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
			}
			removed, err := Prune(dir, tt.retention(paths[0]))
			if err != nil || removed != 6-len(tt.left) {
				t.Errorf("removed %d, %v", removed, err)
			}
			left := ""
			for i, path := range paths {
				if _, err := os.Stat(path); err == nil {
					left += string(rune('0' + i))
				}
			}
			if left != tt.left {
				t.Errorf("left %s, want %s", left, tt.left)
			}
		})
	}
}

func TestPruneDoesNotRemoveTheCurrentRun(t *testing.T) {
	dir := t.TempDir()
	current := create(t, dir)
	current.Append(event(1))
	awaitWritten(t, current, 1)
	if removed, err := Prune(dir, Retention{Age: time.Nanosecond, Bytes: 1}); removed != 0 || err != nil {
		t.Errorf("removed %d, %v", removed, err)
	}
}

func TestRunsOmitsAnEmptyFile(t *testing.T) {
	dir := t.TempDir()
	create(t, dir) // as before the first record, or if killed before it
	if runs, err := Runs(dir); err != nil || len(runs) != 0 {
		t.Errorf("%+v, %v", runs, err)
	}
}

func TestRemoveRefusesARunInUse(t *testing.T) {
	dir := t.TempDir()
	current, shown, old := create(t, dir), finished(t, dir, 1), finished(t, dir, 1)
	r, err := OpenRun(shown)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{current.Path(), shown} {
		if err := Remove(path); err != ErrInUse {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	r.Close()
	for _, path := range []string{shown, old, old} { // a second time is not an error
		if err := Remove(path); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s is there: %v", path, err)
		}
	}
}

func TestCreateFailsWithoutADirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(Config{Dir: filepath.Join(file, "runs")}); err == nil {
		t.Error("a journal in an impossible directory")
	}
}
