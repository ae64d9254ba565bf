package server

import "testing"

// Check checks what is always so when nobody holds the lock.
func (h *hub) Check(t *testing.T) {
	t.Helper()
	h.check(t)
}
