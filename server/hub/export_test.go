package hub

import "testing"

// Check checks what is always so when nobody holds the lock.
func (h *Hub) Check(t *testing.T) {
	t.Helper()
	h.check(t)
}
