package widgets_test

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
)

// lines is a Source with one column.
type lines []string

func (l lines) Len() int64 { return int64(len(l)) }

func (l lines) Row(i int64) widgets.Row {
	return widgets.Row{Cells: []widgets.Cell{{Text: l[i]}}}
}

func Example() {
	test.NewApp() // a program has its own
	fonts, err := text.NewFonts()
	if err != nil {
		fmt.Println(err)
		return
	}
	log := widgets.NewLogView(fonts, []widgets.Column{{Title: "Text", Width: 20}})
	details := widgets.NewTextView(fonts)
	source := lines{"hello", "two\nlines"}
	log.OnSelected = func(row int64) { details.SetText(source[row]) }
	log.SetSource(source)

	w := test.NewWindow(log)
	w.Resize(fyne.NewSize(400, 300))
	log.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	fmt.Printf("following: %v, selected: %d, details: %q\n", log.Following(), log.Selected(), details.Text())
	// Output: following: true, selected: 1, details: "two\nlines"
}
