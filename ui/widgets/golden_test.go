package widgets

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// sampler is a source with a row for everything that is hard to draw.
type sampler struct{}

func (sampler) Len() int64 { return 1000 }

func (sampler) Row(i int64) Row {
	data := []string{
		"hello", "订阅成功：你好，世界！", "two\nlines\ttab\r\n",
		"😀 👩‍👩‍👧‍👦 🇨🇳 👍🏽 ☕ ❤️ 1️⃣", "e\u0301 Å ģ́ Ẑ\u0351", strings.Repeat("long ", 30),
		"日本語 한국어 ｆｕｌｌ", "nul \x00 esc \x1b del \x7f a\u200bb", "ไทย Ελληνικά Кириллица", "bad \xff utf-8", "gjpqy|ÀÉ_{}",
	}
	roles := []Role{Normal, Good, Warn, Bad, Accent, Muted}
	role := roles[i%6]
	return Row{
		Mark:  Cell{Text: string([]rune("↓●⚠✗→·")[i%6]), Role: role},
		Cells: []Cell{{Text: fmt.Sprintf("10:15:02.%03d", i), Role: Muted}, {Text: "alice"}, {Text: data[i%11], Role: role}},
	}
}

func sampleColumns() []Column {
	return []Column{{Title: "Time", Width: 12, Min: 6}, {Title: "客户端", Width: 10, Min: 5}, {Title: "Data", Width: 20}}
}

func TestLogViewLooksAsBefore(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		variant              fyne.ThemeVariant
		width, height, scale float32
	}{
		{"log_light.png", theme.VariantLight, 520, 280, 1},
		{"log_dark.png", theme.VariantDark, 520, 280, 1},
		{"log_dark_scaled.png", theme.VariantDark, 340, 140, 2},
		{"log_narrow.png", theme.VariantLight, 260, 140, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			test.NewTempApp(t)
			useTheme(t, tt.variant)
			l := NewLogView(sharedFonts(t), sampleColumns())
			l.Marks = true
			l.NewestLabel = func(below int64) string { return fmt.Sprintf("↓ %d 最新", below) }
			c := show(t, l, tt.width, tt.height, tt.scale)
			l.SetSource(sampler{})
			l.ScrollTo(407)
			l.Select(410)
			c.Focus(l)
			sameAsGolden(t, tt.name, c.Capture())
		})
	}
}

func TestEmptyLogViewShowsItsHint(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	l := NewLogView(sharedFonts(t), sampleColumns())
	l.SetHint("Nothing here yet.\n还没有事件。")
	sameAsGolden(t, "log_empty.png", show(t, l, 300, 160, 1).Capture())
}

func TestTextViewLooksAsBefore(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	v := NewTextView(sharedFonts(t))
	c := show(t, v, 300, 200, 1)
	var text strings.Builder
	for i := range int64(11) {
		text.WriteString(sampler{}.Row(i).Cells[2].Text + "\n")
	}
	v.SetText(text.String())
	v.choose(8, 46)
	sameAsGolden(t, "text_light.png", c.Capture())
}

// hits is the sampler with every o and every 订阅 highlighted.
type hits struct{ sampler }

func (h hits) Row(i int64) Row {
	row := h.sampler.Row(i)
	cell := &row.Cells[2]
	for at := range cell.Text {
		for _, find := range []string{"o", "订阅"} {
			if strings.HasPrefix(cell.Text[at:], find) {
				cell.Hits = append(cell.Hits, [2]int{at, at + len(find)})
			}
		}
	}
	return row
}

func TestSelectionAndHitsLookAsBefore(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"hits_light.png": theme.VariantLight, "hits_dark.png": theme.VariantDark} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t)
			useTheme(t, variant)
			l := NewLogView(sharedFonts(t), sampleColumns())
			l.Marks = true
			c := show(t, l, 520, 240, 1)
			l.SetSource(hits{})
			l.ScrollTo(400)
			l.Select(391)
			l.reselect(func(s *selection) { s.extend(393); s.toggle(395) }, false)
			sameAsGolden(t, name, c.Capture())
		})
	}
}

// scriptLines is a source with a line in each script.
type scriptLines []string

func (g scriptLines) Len() int64 { return int64(len(g)) }

func (g scriptLines) Row(i int64) Row {
	name, text, _ := strings.Cut(g[i], " ")
	return Row{Cells: []Cell{{Text: name, Role: Muted}, {Text: text}}}
}

func TestScriptsLookAsBefore(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	data, err := os.ReadFile("text/testdata/scripts.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := scriptLines(strings.Split(strings.TrimSpace(string(data)), "\n"))
	l := NewLogView(sharedFonts(t), []Column{{Width: 12}, {Width: 20}})
	c := show(t, l, 400, 19*float32(len(lines)), 1)
	l.SetSource(lines)
	sameAsGolden(t, "scripts.png", c.Capture())
	c = show(t, l, 400, 19*float32(len(lines)), 2)
	l.Refresh()
	sameAsGolden(t, "scripts_scaled.png", c.Capture())
}
