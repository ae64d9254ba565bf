package journal

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

func TestARegionThatHasGrownIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memory
		j := onto(&m, 0, nil)
		defer j.Close()
		big := record.Record{Data: strings.Repeat("x", 2*recentBytes)}
		j.Append(event(1))
		time.Sleep(time.Second)
		synctest.Wait()
		stall := make(chan struct{})
		m.set(func(m *memory) { m.stall = stall })
		j.Append(big)
		check(t, j, 1, 1) // from the file, where it is the only one
		m.set(func(m *memory) { m.stall = nil })
		close(stall)
		synctest.Wait()
		j.Append(big)
		if r := j.At(2); r == nil || r.Data != big.Data {
			t.Error("a record added to the region later is missing")
		}
	})
}

func TestTheCacheIsBounded(t *testing.T) {
	var c cache
	for i := range 3 * cacheSize / blockSize {
		c.put(i, blockSize, []*block{{}})
		c.get(0, blockSize)
	}
	if c.size > cacheSize || c.size < cacheSize-2*blockSize || len(c.byNum) != c.order.Len() {
		t.Errorf("%d bytes in %d regions", c.size, len(c.byNum))
	}
	if c.get(0, blockSize) == nil || c.get(1, blockSize) != nil {
		t.Error("the cache dropped the region used last, or retained another")
	}
}
