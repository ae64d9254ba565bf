package runs

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/wording"
)

// row is one run in the list. A click chooses it, a double click opens it.
type row struct {
	widget.BaseWidget
	l      *List
	I      int
	labels []fyne.CanvasObject
}

// NewRow returns an empty row of l.
func NewRow(l *List) *row {
	r := &row{l: l}
	for column := range RunTargets + 1 {
		label := widget.NewLabel("")
		label.Truncation = fyne.TextTruncateEllipsis
		if column == RunRecords || column == RunSize {
			label.Alignment = fyne.TextAlignTrailing
		}
		if column == runState {
			label.Importance = widget.LowImportance
		}
		r.labels = append(r.labels, label)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Set shows run i in the row.
func (r *row) Set(i int) {
	r.I = i
	run, h := r.l.Runs[i], r.l.h
	w := wording.Of(h.k.Texts)
	texts := []string{wording.Begun(run).Format(wording.RunTime), strconv.FormatInt(run.Records, 10), h.k.Texts.Size(run.Bytes), r.l.State(run), w.Join(w.TargetNames(run.Targets), w.NewerRun(run))}
	if run.Err != nil {
		texts[RunRecords], texts[RunTargets] = "", w.BrokenRun(run.Err)
	}
	for column, text := range texts {
		r.labels[column].(*widget.Label).SetText(h.k.ShownText(text))
	}
}

// CreateRenderer implements fyne.Widget.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(runColumns{}, r.labels...))
}

// MouseDown implements desktop.Mouseable.
func (r *row) MouseDown(e *desktop.MouseEvent) {
	r.l.Choose(r.I)
	r.l.h.k.Win.Canvas().Focus(r.l)
	if r.l.clicks.Add(e.AbsolutePosition) == 2 {
		r.l.doOpen()
	}
}

// MouseUp implements desktop.Mouseable.
func (r *row) MouseUp(*desktop.MouseEvent) {}

// runColumns is the layout of a row of the list of runs, and of its titles.
type runColumns struct{}

// runWidths returns the widths of the columns; the last takes the remaining room.
func runWidths() []float32 { return []float32{156, 88, 88, 116, 0} }

func (runColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, width := range runWidths() {
		size.Height = max(size.Height, objects[i].MinSize().Height)
		size.Width += width
	}
	return size.AddWidthHeight(100, 0)
}

func (runColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, width := range runWidths() {
		if i == RunTargets {
			width = size.Width - x
		}
		inset := float32(0)
		if i == runState { // the column before it is right-aligned
			inset = 12
		}
		objects[i].Move(fyne.NewPos(x+inset, 0))
		objects[i].Resize(fyne.NewSize(width-inset, size.Height))
		x += width
	}
}
