package journal

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestHealthCountsWhatIsInMemoryAloneAndWhatIsLost(t *testing.T) {
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
			t.Errorf("at first %+v", h)
		}
		m.set(func(m *memory) { m.err = full })
		add(500)
		if h := j.Health(); h != (Health{Err: full, Unkept: 500}) {
			t.Errorf("of a full disk %+v", h)
		}
		add(10000)
		h := j.Health()
		if h.Err != full || h.Lost == 0 || h.Unkept+h.Lost != 10500 {
			t.Errorf("beyond the bound %+v", h)
		}
		m.set(func(m *memory) { m.err = nil })
		add(1)
		if again := j.Health(); again != (Health{Lost: h.Lost}) {
			t.Errorf("when there is room again %+v, lost %d", again, h.Lost)
		}
	})
}
