package journal

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestARemovedFileIsReported(t *testing.T) {
	told := make(chan Notice, 10)
	dir := t.TempDir()
	j, err := Create(Config{Dir: dir, Notify: func(n Notice) { told <- n }})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	j.Append(event(1))
	for { // wait until it is in the file
		if _, last := j.w.disk.bounds(); last == 1 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	aside := filepath.Join(dir, "aside")
	if err := os.Rename(j.Path(), aside); err != nil {
		t.Fatal(err)
	}
	j.Append(event(2))
	if n := <-told; n.Err != ErrRemoved {
		t.Errorf("notified %v", n)
	}
	if h := j.Health(); h.Err != ErrRemoved || h.Unkept != 1 {
		t.Errorf("%+v", h)
	}
	check(t, j, 1, 2)
	if err := os.Rename(aside, j.Path()); err != nil { // it is back
		t.Fatal(err)
	}
	if n := <-told; n.Err != nil {
		t.Errorf("notified %v", n)
	}
}

func TestHealthCountsUnwrittenAndLostRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("no space left on device")
		var m memory
		j := onto(&m, 1<<20, nil)
		defer j.Close()
		add := func(n int64) {
			for range n {
				_, last := j.Bounds()
				j.Append(event(last + 1))
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
		}
		add(1000)
		if h := j.Health(); h != (Health{}) {
			t.Errorf("at first: %+v", h)
		}
		m.set(func(m *memory) { m.err = full })
		add(500)
		if h := j.Health(); h != (Health{Err: full, Unkept: 500}) {
			t.Errorf("full disk: %+v", h)
		}
		add(10000)
		h := j.Health()
		if h.Err != full || h.Lost == 0 || h.Unkept+h.Lost != 10500 {
			t.Errorf("beyond the limit: %+v", h)
		}
		m.set(func(m *memory) { m.err = nil })
		add(1)
		if again := j.Health(); again != (Health{Lost: h.Lost}) {
			t.Errorf("with room again: %+v, lost %d", again, h.Lost)
		}
	})
}
