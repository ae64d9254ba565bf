package text

import (
	"sync"
	"testing"
)

// bundled is shared, because parsing fonts takes time.
var bundled = sync.OnceValues(Bundled)

func testFonts(t testing.TB) *Fonts {
	t.Helper()
	fonts, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}
