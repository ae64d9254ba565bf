package ui

import (
	"iter"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// savePart is what of the log is saved, and how many records that is.
type savePart struct {
	label   string
	numbers iter.Seq[int64] // nil is all
	count   int64
}

// saveParts returns what of the log can be saved, and which of it a person most
// likely means.
func (w *window) saveParts() (parts []savePart, likely int) {
	shown := w.log.model.Rows() // a copy, so that it stays as it is
	if n := w.log.view.SelectedRows(); n > 0 {
		rows := w.log.view.Selection()
		parts = append(parts, savePart{w.k.T("save.selection", "N", n), func(yield func(int64) bool) {
			for _, r := range rows {
				for i := r.From; i < min(r.To, shown.Len()); i++ {
					if !yield(shown.Select(i)) {
						return
					}
				}
			}
		}, n})
		if n == 1 {
			likely = 1 // one row is selected just to read it
		}
	}
	first, last := w.log.from.Bounds()
	return append(parts,
		savePart{w.k.T("save.shown", "N", shown.Len()), shown.All(), shown.Len()},
		savePart{w.k.T("save.all", "N", last-first+1), nil, last - first + 1}), likely
}

// saveFormatTexts are a format's name and what it is good for.
func saveFormatText(w wording.Words, f console.SaveFormat) (name, hint string) {
	switch f {
	case console.SaveBundle:
		return w.T("save.bundle"), w.T("save.bundle_hint")
	case console.SaveNDJSON:
		return w.T("save.ndjson"), w.T("save.ndjson_hint")
	case console.SaveCSV:
		return w.T("save.csv"), w.T("save.csv_hint")
	case console.SaveRaw:
		return w.T("save.raw"), w.T("save.raw_hint")
	case console.SaveScenario:
		return w.T("save.scenario"), w.T("save.scenario_hint")
	}
	return w.T("save.text"), w.T("save.text_hint")
}

// askSave asks what to save and how, and then where.
func (w *window) askSave() {
	if w.k.Asking() {
		return
	}
	parts, likely := w.saveParts()
	part := widget.NewRadioGroup(nil, nil)
	for _, p := range parts {
		part.Options = append(part.Options, p.label)
	}
	part.Required = true
	part.SetSelected(parts[likely].label)

	formats := console.SaveFormats()
	hint := widget.NewLabel("")
	hint.Wrapping = fyne.TextWrapWord
	format := widget.NewRadioGroup(nil, nil)
	chosen := func() console.SaveFormat {
		for i, name := range format.Options {
			if name == format.Selected {
				return formats[i]
			}
		}
		return formats[0]
	}
	for _, f := range formats {
		name, _ := saveFormatText(wording.Of(w.k.Texts), f)
		format.Options = append(format.Options, name)
	}
	format.Required = true
	format.OnChanged = func(string) {
		_, text := saveFormatText(wording.Of(w.k.Texts), chosen())
		hint.SetText(text)
	}
	format.SetSelected(format.Options[0])

	masked := widget.NewLabel(w.k.T("save.masked", "N", len(w.con.Settings().Secrets)))
	masked.Wrapping = fyne.TextWrapWord
	bold := func(text string) fyne.CanvasObject {
		return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	}
	content := container.NewVBox(bold(w.k.T("save.what")), part, bold(w.k.T("save.format")), format, hint, masked)
	ask := dialog.NewCustomConfirm(w.k.T("save.title"), w.k.T("save.choose"), w.k.T("fyne.Cancel"),
		container.NewVScroll(content), func(ok bool) {
			if !ok {
				return
			}
			for _, p := range parts {
				if p.label == part.Selected {
					w.saveAs(chosen(), p)
				}
			}
		}, w.k.Win)
	ask.Resize(fyne.NewSize(min(620, w.k.DialogSize().Width), min(480, w.k.DialogSize().Height)))
	ask.Show()
}

// saveBundle saves everything as evidence, after asking where.
func (w *window) saveBundle() {
	if w.k.Asking() {
		return
	}
	parts, _ := w.saveParts()
	w.saveAs(console.SaveBundle, parts[len(parts)-1])
}

// saveAs asks for a file's name and saves a part of the log there.
func (w *window) saveAs(format console.SaveFormat, part savePart) {
	request := console.SaveRequest{
		Format: format, From: w.log.from, Numbers: part.numbers, Total: part.count, Secrets: w.con.Settings().Secrets,
		Line: wording.Of(w.k.Texts).Line, Words: wording.Report{Words: wording.Of(w.k.Texts)}, Version: w.version,
	}
	w.k.ChooseNewFile("sse-console-"+kit.Stamp()+format.Extension(), func(path string) {
		w.con.Save(path, request)
		w.refresh()
	})
}
