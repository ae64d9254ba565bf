package pretty

import (
	"errors"
	"strings"
	"testing"
)

func TestMarkupIsIndented(t *testing.T) {
	for _, c := range [][2]string{
		{`<a><b x="1" y='>'>text</b><c/></a>`, "<a>\n  <b x=\"1\" y='>'>text</b>\n  <c/>\n</a>"},
		{"<?xml version='1.0'?><!-- a\n b --><a>one\n  two</a>", "<?xml version='1.0'?>\n<!-- a\nb -->\n<a>\n  one\n  two\n</a>"},
		{"<a\n  href=\"x\n y\"\n>&lt;<b>z</b></a >", "<a href=\"x  y\">\n  &lt;\n  <b>z</b>\n</a >"},
		{"<ul><li>a<li>b</ul><br><p>c", "<ul>\n  <li>\n    a\n  <li>\n    b\n</ul>\n<br>\n<p>\n  c"},
		{"<script>if (a<b) { x = '</p>' }</script><p>a</p>", "<script>\n  if (a<b) { x = '</p>' }\n</script>\n<p>a</p>"},
		{"<a><![CDATA[<b>]]></a></x>", "<a>\n  <![CDATA[<b>]]>\n</a>\n</x>"},
		{`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>`, "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">\n]>\n<a>&e;</a>"},
		{"<a>1 < 2", "<a>\n  1\n  < 2"},
	} {
		if got, err := Text(t.Context(), Markup, c[0]); got != c[1] || err != nil {
			t.Errorf("%s:\n%s\n%v, want\n%s", c[0], got, err, c[1])
		}
	}
}

func TestHostileMarkupIsBounded(t *testing.T) {
	deep := strings.Repeat("<a>", MaxDepth+1)
	if _, err := Text(t.Context(), Markup, deep); !errors.Is(err, ErrTooDeep) {
		t.Errorf("too deep: %v", err)
	}
	wide := strings.Repeat("<a>", MaxDepth) + strings.Repeat("<b/>", 1<<17)
	if _, err := Text(t.Context(), Markup, wide); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
	for _, part := range []string{"<", "<a \"", "<!--", "</", "<![CDATA[", "<script>", "</script", "a<", "<a '\">"} {
		text := "<a>" + strings.Repeat(part, 1<<20/len(part))
		if got, err := Text(t.Context(), Markup, text); err == nil && len(got) > MaxGrowth*len(text)+spare {
			t.Errorf("%q: %d bytes", part, len(got))
		}
	}
}

// FuzzMarkup checks that only space is changed.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{"<a><b>x</b></a>", "<p>a<br>b", "<script>a</b></script>", "<a x='<'>", "<!-- <a> --><b"} {
		f.Add(seed)
	}
	squeezed := func(s string) string {
		return strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "").Replace(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Text(t.Context(), Markup, text)
		if err == nil && squeezed(got) != squeezed(strings.TrimPrefix(text, "\ufeff")) {
			t.Errorf("%q became %q", text, got)
		}
		Beginning(Markup, text, len(text)/2)
	})
}
