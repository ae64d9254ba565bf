package mask

import (
	"strings"
	"testing"
)

func TestAURLWithinAURLIsMaskedToo(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"http://h/?to=http%3A%2F%2Fuser%3Apass%40h%2F&b=c", "http://h/?to=http%3A%2F%2Fuser%3A•••%40h%2F&b=c"},
		{"http://h/?to=https%3a%2f%2fh%2fx%3ftoken%3dabc%26n%3d1", "http://h/?to=https%3A%2F%2Fh%2Fx%3Ftoken%3D•••%26n%3D1"},
		{"http://h/?to=http%3A%2F%2Fh%2F%3Fto%3Dhttp%253A%252F%252Fu%253Apass%2540h", "http://h/?to=http%3A%2F%2Fh%2F%3Fto%3Dhttp%253A%252F%252Fu%253A•••%2540h"},
		{"http://h/?to=http%3A%2F%2Fh%2Fplain%20x", "http://h/?to=http%3A%2F%2Fh%2Fplain%20x"},
	} {
		if got := URL(c.text); got != c.want {
			t.Errorf("URL(%q)\n = %q\nwant %q", c.text, got, c.want)
		}
	}
}

// Each level is examined once, so the time grows with the text.
func TestTheDepthOfURLsWithinURLsIsBounded(t *testing.T) {
	text := strings.Repeat("http%3A%2F%2F", 1<<16)
	if got := URL("http://h/?to=" + text); len(got) < len(text) {
		t.Errorf("%d bytes are left of %d", len(got), len(text))
	}
}
