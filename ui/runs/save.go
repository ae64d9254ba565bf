package runs

import (
	"iter"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/files"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording"
)

// Part is a part of the log that can be saved.
type Part struct {
	label   string
	Numbers iter.Seq[int64] // of the records; nil means all
	Count   int64           // number of records
}

// SaveParts returns the parts of the log that can be saved, and the index of the one
// that the user most likely means.
func (h *History) SaveParts() (parts []Part, likely int) {
	shown := h.cfg.Log.Shown()
	if selected := h.cfg.Log.Selection(); selected.Len() > 0 {
		parts = append(parts, Part{h.k.T("save.selection", "N", selected.Len()), selected.All(), selected.Len()})
		if h.cfg.Log.SelectedRows() == 1 {
			likely = 1 // a single row is usually selected just to read it
		}
	}
	first, last := h.cfg.Log.Records().Bounds()
	return append(parts,
		Part{h.k.T("save.shown", "N", shown.Len()), shown.All(), shown.Len()},
		Part{h.k.T("save.all", "N", last-first+1), nil, last - first + 1}), likely
}

// saveFormatText returns the name of a format and what it is good for.
func saveFormatText(w wording.Words, f files.SaveFormat) (name, hint string) {
	switch f {
	case files.SaveBundle:
		return w.T("save.bundle"), w.T("save.bundle_hint")
	case files.SaveNDJSON:
		return w.T("save.ndjson"), w.T("save.ndjson_hint")
	case files.SaveCSV:
		return w.T("save.csv"), w.T("save.csv_hint")
	case files.SaveRaw:
		return w.T("save.raw"), w.T("save.raw_hint")
	case files.SaveScenario:
		return w.T("save.scenario"), w.T("save.scenario_hint")
	}
	return w.T("save.text"), w.T("save.text_hint")
}

// AskSave asks what to save, in which format and where, and saves it.
func (h *History) AskSave() {
	if h.k.Asking() {
		return
	}
	parts, likely := h.SaveParts()
	part := widget.NewRadioGroup(nil, nil)
	for _, p := range parts {
		part.Options = append(part.Options, p.label)
	}
	part.Required = true
	part.SetSelected(parts[likely].label)

	formats := files.SaveFormats()
	hint := widget.NewLabel("")
	hint.Wrapping = fyne.TextWrapWord
	format := widget.NewRadioGroup(nil, nil)
	chosen := func() files.SaveFormat {
		for i, name := range format.Options {
			if name == format.Selected {
				return formats[i]
			}
		}
		return formats[0]
	}
	for _, f := range formats {
		name, _ := saveFormatText(wording.Of(h.k.Texts), f)
		format.Options = append(format.Options, name)
	}
	format.Required = true
	format.OnChanged = func(string) {
		_, text := saveFormatText(wording.Of(h.k.Texts), chosen())
		hint.SetText(text)
	}
	format.SetSelected(format.Options[0])

	masked := widget.NewLabel(h.k.T("save.masked", "N", len(h.con.Settings().Secrets)))
	masked.Wrapping = fyne.TextWrapWord
	bold := func(text string) fyne.CanvasObject {
		return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	}
	content := container.NewVBox(bold(h.k.T("save.what")), part, bold(h.k.T("save.format")), format, hint, masked)
	ask := h.k.NewDialog(h.k.T("save.title"), container.NewVScroll(content), 620)
	ask.Cancel()
	ask.Agree(h.k.T("save.choose"), func() {
		ask.Hide()
		for _, p := range parts {
			if p.label == part.Selected {
				h.saveAs(chosen(), p)
			}
		}
	})
	ask.ShowOfHeight(480, nil)
}

// SaveBundle asks for a path and saves all records as a diagnostic bundle.
func (h *History) SaveBundle() {
	if h.k.Asking() {
		return
	}
	parts, _ := h.SaveParts()
	h.saveAs(files.SaveBundle, parts[len(parts)-1])
}

// saveAs asks for a path and saves a part of the log there.
func (h *History) saveAs(format files.SaveFormat, part Part) {
	request := files.SaveRequest{
		Format: format, From: h.cfg.Log.Records(), Numbers: part.Numbers, Total: part.Count, Secrets: h.con.Settings().Secrets,
		Line: wording.Of(h.k.Texts).Line, Words: wording.Report{Words: wording.Of(h.k.Texts)}, Version: h.cfg.Version,
	}
	chooser.NewFile(h.k, "sse-console-"+chooser.Stamp()+format.Extension(), func(path string) {
		h.con.Files.Save(path, request)
		h.cfg.Refresh()
	})
}
