package hub

import "testing"

// Check is check for external tests.
func (h *Hub) Check(t *testing.T) {
	t.Helper()
	h.check(t)
}
