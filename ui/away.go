package ui

import (
	"errors"

	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/system"
	"sseconsole/ui/wording"
)

// absence is the time in which another window has the focus: then the desktop tells what
// this one cannot.
type absence struct {
	away bool
	told map[console.Pair]bool // the subscriptions that have ended already
}

// watchFocus begins and ends absences.
func (w *window) watchFocus() {
	w.k.App.Lifecycle().SetOnExitedForeground(w.leave)
	w.k.App.Lifecycle().SetOnEnteredForeground(func() { w.absence = absence{} })
}

// leave begins an absence. What has ended until now was seen.
func (w *window) leave() {
	w.absence = absence{away: true, told: map[console.Pair]bool{}}
	for _, s := range w.con.Subscriptions() {
		w.absence.told[s.Pair] = endedByOthers(s)
	}
}

// tellEndings tells of each subscription that has failed or was ended by the other side in
// this absence, once: it may reconnect for hours.
func (w *window) tellEndings() {
	if !w.absence.away || !w.con.Settings().Notify {
		return
	}
	for _, s := range w.con.Subscriptions() {
		if !endedByOthers(s) || w.absence.told[s.Pair] {
			continue
		}
		w.absence.told[s.Pair] = true
		words := wording.Of(w.k.Texts)
		title := words.Join(s.Pair.ClientID, words.TargetName(s.Pair.Target()))
		text := sentence(words.Summary(&s.Status.Last))
		w.k.Work(func() { _ = w.notify(visible.Line(title), visible.Line(text)) }) // the log has it
	}
}

// endedByOthers reports whether the latest connection of s is over, and not by the user.
func endedByOthers(s console.Subscription) bool {
	last := s.Status.Last
	return last.Kind != 0 && last.By != record.ByPerson
}

// toggleNotify switches notifications of the desktop on, if it can show them, or off.
func (w *window) toggleNotify() {
	T := w.k.T
	set := func(on bool, text string) {
		w.con.UpdateSettings(func(s *settings.Settings) { s.Notify = on })
		w.k.Toast(text, "", nil)
		w.menu.refresh()
	}
	if w.con.Settings().Notify {
		set(false, T("toast.off", "What", T("menu.notify")))
		return
	}
	w.k.Work(func() {
		err := w.notify("SSE Console", T("notify.sample"))
		w.k.Post(func() {
			switch {
			case errors.Is(err, system.ErrNoBus):
				w.k.Toast(T("notify.no_bus"), "", nil)
				return
			case err != nil:
				w.k.Toast(T("notify.impossible", "Detail", visible.Line(err.Error())), "", nil)
				return
			}
			set(true, T("toast.on", "What", T("menu.notify")))
		})
	})
}
