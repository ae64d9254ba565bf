package form

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/ui/kit"
)

// Live reports whether the form names a subscription that is not closed.
func (f *Form) Live() bool {
	p, ok := f.Pair()
	sub, listed := f.con.Subscription(p)
	return ok && listed && sub.Status.ReadyState != client.Closed
}

// requireLive is Live, but also tells the user if the subscription is closed: the
// commands can be chosen at any time.
func (f *Form) requireLive(title string) bool {
	if f.Live() {
		return true
	}
	f.k.Inform(title, f.k.T("steer.closed"))
	return false
}

// DropConnection drops the connection of the subscription in the form, as a failing
// network would.
func (f *Form) DropConnection() {
	if f.k.Asking() || !f.requireLive(f.k.T("steer.drop")) {
		return
	}
	p, _ := f.Pair()
	f.con.Drop(p)
	f.cfg.Refresh()
}

// AskReconnect asks for a Last-Event-ID and reconnects the subscription in the form
// with it.
func (f *Form) AskReconnect() {
	T := f.k.T
	title := T("steer.reconnect")
	if f.k.Asking() || !f.requireLive(title) {
		return
	}
	p, _ := f.Pair()
	sub, _ := f.con.Subscription(p)
	field := kit.NewField(f.k)
	field.SetText(sub.Status.LastEventID)
	field.SetPlaceHolder(T("spec.last_event_id_hint"))
	f.k.Ask(title, T("steer.go"), []*widget.FormItem{{Text: "Last-Event-ID", Widget: field, HintText: T("steer.hint")}}, func() {
		if !f.con.ReconnectFrom(p, field.Text) {
			f.k.Inform(title, T("steer.refused"))
		}
		f.cfg.Refresh()
	})
}
