package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/go-text/typesetting/font"

	"sseconsole/ui/widgets/text"
)

// share returns the fonts of a style as Fyne's widgets use them.
func share(t *testing.T) func(fyne.TextStyle, rune) *font.Face {
	t.Helper()
	a := test.NewTempApp(t)
	fonts, err := text.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	Use(a, Look{Theme: Light})
	keep, err := ShareFonts(a, fonts)
	if err != nil {
		t.Fatal(err)
	}
	keep()
	return func(style fyne.TextStyle, r rune) *font.Face {
		face := fyneFonts(style, nil, nil).Fonts.ResolveFace(r)
		if _, ok := face.NominalGlyph(r); !ok {
			t.Errorf("%q is not readable in %+v", r, style)
		}
		return face
	}
}

func TestEveryStyleOfFynesWidgetsCanShowWhatTheLogShows(t *testing.T) {
	of := share(t)
	Use(fyne.CurrentApp(), Look{Theme: Dark}) // Fyne parses its own again
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}} {
		for _, r := range "a ü—“订，龍한か😀✓กשع𝒳" {
			of(style, r)
		}
	}
}

func TestATextIsMeasuredWithTheSharedFontsAfterAChangeOfTheme(t *testing.T) {
	share(t)
	style := fyne.TextStyle{Bold: true}
	before := fyne.MeasureText("●▾龍", 13, style) // in none of the fonts that Fyne would use
	Use(fyne.CurrentApp(), Look{Theme: Dark})
	if after := fyne.MeasureText("●▾龍", 13, style); after != before {
		t.Errorf("%v, then %v", before, after)
	}
}

func TestChineseIsBoldWhereLatinIs(t *testing.T) {
	of := share(t)
	regular, bold := of(fyne.TextStyle{}, '订'), of(fyne.TextStyle{Bold: true}, '订')
	if w := bold.Describe().Aspect.Weight; w != font.WeightBold || regular.Describe().Aspect.Weight != font.WeightNormal {
		t.Errorf("weight %v", w)
	}
}

func TestStylesShareTheirFonts(t *testing.T) {
	of := share(t)
	for _, r := range "😀龍ก" {
		if of(fyne.TextStyle{}, r) != of(fyne.TextStyle{Bold: true}, r) {
			t.Errorf("the font of %q is in memory twice", r)
		}
	}
}

func TestALineWithChineseIsAsHighAsOneWithout(t *testing.T) {
	of := share(t)
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		latin, han := of(style, 'a'), of(style, '订')
		line := func(face *font.Face) (up, down float32) {
			extents, _ := face.FontHExtents()
			return extents.Ascender / float32(face.Upem()), extents.Descender / float32(face.Upem())
		}
		up, down := line(latin)
		if hanUp, hanDown := line(han); hanUp-up > 0.002 || up-hanUp > 0.002 || hanDown-down > 0.002 || down-hanDown > 0.002 {
			t.Errorf("%+v: %v and %v for Latin, %v and %v for Chinese", style, up, down, hanUp, hanDown)
		}
	}
}

func TestTheFontsOfTheSystemAreLookedForWhenNeeded(t *testing.T) {
	fyneScanned = false
	fyneSystemFont('a', "", font.Aspect{})
	if !fyneScanned {
		t.Fatal("Fyne has renamed the variable that fyneScanned stands for")
	}
	fyneScanned = false
	share(t)
	if !fyneScanned {
		t.Error("the next text looks for them")
	}
}
