package text

import (
	"fmt"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// Fontmap returns the fonts for a text style of Fyne's own widgets: own in order, then
// emoji, Fyne's symbols, and all that the log has. So the widgets show what the log
// shows, and each font is parsed once for all styles. A rune that no font has gets the
// first of own. The map must be used on the UI thread.
func (f *Fonts) Fontmap(own ...[]byte) (shaping.Fontmap, error) {
	m := &fontmap{fonts: f}
	for _, content := range own {
		l, err := newLazyFace(content)
		if err != nil {
			return nil, fmt.Errorf("widgets: font of a style: %w", err)
		}
		m.faces = append(m.faces, f.shared(l))
	}
	if f.emoji != nil {
		m.faces = append(m.faces, f.emoji)
	}
	m.faces = append(m.faces, f.symbol)
	return m, nil
}

// shared returns the font of f with the same bytes, or l.
func (f *Fonts) shared(l *lazyFace) *lazyFace {
	for _, other := range f.faces {
		if &other.content[0] == &l.content[0] {
			return other
		}
	}
	return l
}

// fontmap implements [shaping.Fontmap].
type fontmap struct {
	fonts *Fonts
	faces []*lazyFace
}

// ResolveFace implements [shaping.Fontmap].
func (m *fontmap) ResolveFace(r rune) *font.Face {
	for _, l := range m.faces {
		if l.runes.has(r) {
			return l.face()
		}
	}
	if face, _ := m.fonts.faceFor([]rune{r}, 1); face != nil {
		return face
	}
	if m.fonts.System != nil {
		if face := m.fonts.System(r); face != nil {
			return face
		}
	}
	return m.faces[0].face()
}
