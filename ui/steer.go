package ui

import (
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/ui/kit"
)

// live tells whether the form names a subscription that is not closed.
func (w *window) live() bool {
	p, ok := w.pair()
	sub, listed := w.con.Subscription(p)
	return ok && listed && sub.ReadyState != client.Closed
}

// steerable is live, and says so to whoever wants to steer a subscription that
// is closed: the menu can be asked at any time.
func (w *window) steerable(title string) bool {
	if w.live() {
		return true
	}
	dialog.ShowInformation(title, w.k.T("steer.closed"), w.k.Win)
	return false
}

// dropConnection breaks the connection of the subscription in the form, as a
// failing network would.
func (w *window) dropConnection() {
	if w.k.Asking() || !w.steerable(w.k.T("steer.drop")) {
		return
	}
	p, _ := w.pair()
	w.con.Drop(p)
	w.refresh()
}

// askReconnect asks for the Last-Event-ID that the subscription in the form is
// to reconnect with.
func (w *window) askReconnect() {
	T := w.k.T
	title := T("steer.reconnect")
	if w.k.Asking() || !w.steerable(title) {
		return
	}
	p, _ := w.pair()
	sub, _ := w.con.Subscription(p)
	field := kit.NewField(w.k)
	field.SetText(sub.LastEventID)
	field.SetPlaceHolder(T("spec.last_event_id_hint"))
	w.k.Ask(title, T("steer.go"), []*widget.FormItem{{Text: "Last-Event-ID", Widget: field, HintText: T("steer.hint")}}, func() {
		if !w.con.ReconnectFrom(p, field.Text) {
			dialog.ShowInformation(title, T("steer.refused"), w.k.Win)
		}
		w.refresh()
	})
}
