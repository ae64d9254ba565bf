package runs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Unkept is a warning above the bottom line, shown while the log is not written to
// disk. It says why, how many records are in memory only or lost, and what to do.
type Unkept struct {
	h       *History
	Content *fyne.Container
	What    *widget.Label
	Remedy  *widget.Label
	save    *kit.Button
	ask     *kit.Dialog // the question before closing, or nil
}

func newUnkept(h *History) *Unkept {
	u := &Unkept{h: h, What: widget.NewLabel(""), Remedy: widget.NewLabel("")}
	u.What.TextStyle.Bold = true
	u.What.Importance = widget.DangerImportance
	for _, l := range []*widget.Label{u.What, u.Remedy} {
		l.Truncation = fyne.TextTruncateEllipsis
	}
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.WarningIcon()))
	u.save = kit.NewButton(theme.DocumentSaveIcon(), h.AskSave)
	u.Content = container.NewVBox(widget.NewSeparator(),
		kit.Border(nil, nil, container.NewPadded(icon), container.NewCenter(u.save), container.NewVBox(u.What, u.Remedy)))
	u.Content.Hide()
	h.k.Text(func() {
		u.save.SetText(h.k.T("menu.save"))
		u.refresh()
	})
	return u
}

func (u *Unkept) refresh() {
	k := u.h.con.Keeping()
	if k.Err != nil {
		what, remedy := UnkeptText(wording.Of(u.h.k.Texts), k)
		for l, text := range map[*widget.Label]string{u.What: u.h.k.ShownText(what), u.Remedy: u.h.k.ShownText(remedy)} {
			if l.Text != text {
				l.SetText(text)
			}
		}
	}
	kit.SetVisible(u.Content, k.Err != nil)
}

// UnkeptText says that the log is not written, how many records are at stake, and
// what to do.
func UnkeptText(w wording.Words, k console.Keeping) (what, remedy string) {
	switch {
	case k.Never:
		what, remedy = w.T("unkept.never", "Detail", k.Why()), w.T("unkept.never_remedy", "Dir", k.Dir)
	case k.Removed():
		return w.Join(w.T("unkept.removed"), w.T("unkept.at_stake", "N", k.Unkept)), w.T("unkept.removed_remedy", "Dir", k.Dir)
	case k.Full():
		what, remedy = w.T("unkept.full"), w.T("unkept.full_remedy", "Dir", k.Dir)
	default:
		what, remedy = w.T("unkept.failed", "Detail", k.Why()), w.T("unkept.failed_remedy", "Dir", k.Dir)
	}
	what = w.Join(what, w.T("unkept.count", "N", k.Unkept))
	if k.Lost > 0 {
		what = w.Join(what, w.T("unkept.lost", "N", k.Lost))
	}
	return what, remedy
}

// AskClose closes the window, but asks first if that would lose records.
func (h *History) AskClose() {
	k := h.con.Keeping()
	if k.Err == nil || h.cfg.Closing() {
		h.cfg.Close()
		return
	}
	if h.Unkept.ask != nil { // it may be below another dialog
		h.Unkept.ask.Hide()
	}
	T := h.k.T
	why := T("unkept.close_text", "N", k.Unkept, "Dir", k.Dir)
	if k.Removed() {
		why = wording.Of(h.k.Texts).Join(T("unkept.removed"), T("unkept.at_stake", "N", k.Unkept))
	}
	text := widget.NewLabel(h.k.ShownText(why))
	text.Wrapping = fyne.TextWrapWord
	ask := h.k.NewDialog(T("unkept.close_title"), kit.Flush(text), 620)
	ask.Button(T("unkept.close"), func() {
		ask.Hide()
		h.cfg.Close()
	}).Importance = widget.DangerImportance
	stay := ask.Cancel()
	ask.Agree(T("menu.save"), func() {
		ask.Hide()
		h.AskSave()
	})
	h.Unkept.ask = ask
	ask.Show(stay)
}
