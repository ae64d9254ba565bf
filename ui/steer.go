package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
)

// steerable tells whether the form names a subscription that is not closed, and
// says so to whoever wants to steer one that is.
func (w *window) steerable(title string) bool {
	p, ok := w.pair()
	if sub, listed := w.con.Subscription(p); ok && listed && sub.ReadyState != client.Closed {
		return true
	}
	dialog.ShowInformation(title, w.words.T("steer.closed"), w.win)
	return false
}

// dropConnection breaks the connection of the subscription in the form, as a
// failing network would.
func (w *window) dropConnection() {
	if w.asking() || !w.steerable(w.words.T("steer.drop")) {
		return
	}
	p, _ := w.pair()
	w.con.Drop(p)
	w.refresh()
}

// askReconnect asks for the Last-Event-ID that the subscription in the form is
// to reconnect with.
func (w *window) askReconnect() {
	T := w.words.T
	title := T("steer.reconnect")
	if w.asking() || !w.steerable(title) {
		return
	}
	p, _ := w.pair()
	sub, _ := w.con.Subscription(p)
	field := newEntry(w)
	field.SetText(sub.LastEventID)
	field.SetPlaceHolder(T("spec.last_event_id_hint"))
	ask := dialog.NewForm(title, T("steer.go"), T("fyne.Cancel"),
		[]*widget.FormItem{{Text: "Last-Event-ID", Widget: field, HintText: T("steer.hint")}},
		func(ok bool) {
			if ok && !w.con.ReconnectFrom(p, field.Text) {
				dialog.ShowInformation(title, T("steer.refused"), w.win)
			}
			w.refresh()
		}, w.win)
	ask.Resize(fyne.NewSize(min(560, w.dialogSize().Width), 0))
	ask.Show()
	w.win.Canvas().Focus(field)
}
