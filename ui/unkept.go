package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// unkeptBar says, above the line at the bottom and for as long as it is so, that
// the log is not written to the disk: why, how much of it is in memory alone or
// lost, and what to do. Else it takes no place.
type unkeptBar struct {
	w       *window
	content *fyne.Container
	what    *widget.Label
	remedy  *widget.Label
	save    *kit.Button
	ask     *dialog.CustomDialog // before the window closes; nil until it was needed
}

func newUnkeptBar(w *window) *unkeptBar {
	u := &unkeptBar{w: w, what: widget.NewLabel(""), remedy: widget.NewLabel("")}
	u.what.TextStyle.Bold = true
	u.what.Importance = widget.DangerImportance
	for _, l := range []*widget.Label{u.what, u.remedy} {
		l.Truncation = fyne.TextTruncateEllipsis
	}
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.WarningIcon()))
	u.save = kit.NewButton(theme.DocumentSaveIcon(), w.askSave)
	u.content = container.NewVBox(widget.NewSeparator(),
		container.NewBorder(nil, nil, container.NewPadded(icon), container.NewCenter(u.save), container.NewVBox(u.what, u.remedy)))
	u.content.Hide()
	w.k.Text(func() {
		u.save.SetText(w.k.T("menu.save"))
		u.refresh()
	})
	return u
}

func (u *unkeptBar) refresh() {
	k := u.w.con.Keeping()
	if k.Err != nil {
		what, remedy := unkeptText(wording.Of(u.w.k.Texts), k)
		for l, text := range map[*widget.Label]string{u.what: u.w.k.ShownText(what), u.remedy: u.w.k.ShownText(remedy)} {
			if l.Text != text {
				l.SetText(text)
			}
		}
	}
	kit.SetVisible(u.content, k.Err != nil)
}

// unkept says that the log is not written and how much of it is at stake, and
// what to do.
func unkeptText(w wording.Words, k console.Keeping) (what, remedy string) {
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

// askClose closes the window, after asking if that would lose records.
func (w *window) askClose() {
	k := w.con.Keeping()
	if k.Err == nil || w.closing {
		w.close()
		return
	}
	if w.unkept.ask != nil { // asked again, maybe over another dialog
		w.unkept.ask.Hide()
	}
	T := w.k.T
	why := T("unkept.close_text", "N", k.Unkept, "Dir", k.Dir)
	if k.Removed() {
		why = wording.Of(w.k.Texts).Join(T("unkept.removed"), T("unkept.at_stake", "N", k.Unkept))
	}
	text := widget.NewLabel(w.k.ShownText(why))
	text.Wrapping = fyne.TextWrapWord
	var ask *dialog.CustomDialog
	lose := kit.NewButton(nil, func() {
		ask.Hide()
		w.close()
	})
	lose.SetText(T("unkept.close"))
	lose.Importance = widget.DangerImportance
	save := kit.NewButton(nil, func() {
		ask.Hide()
		w.askSave()
	})
	save.SetText(T("menu.save"))
	save.Importance = widget.HighImportance
	stay := kit.NewButton(nil, func() { ask.Hide() })
	stay.SetText(T("fyne.Cancel"))
	ask = dialog.NewCustomWithoutButtons(T("unkept.close_title"), text, w.k.Win)
	ask.SetButtons([]fyne.CanvasObject{lose, stay, save})
	ask.Resize(fyne.NewSize(min(620, w.k.DialogSize().Width), 0))
	ask.Show()
	w.unkept.ask = ask
	w.k.Win.Canvas().Focus(stay)
}
