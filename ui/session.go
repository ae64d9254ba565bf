package ui

import (
	"slices"
	"time"

	"sseconsole/ui/console/session"
)

// restore shows what the window before this one showed: its tabs, closed, and what was
// not sent.
func (w *window) restore() {
	s, ok := w.con.Session.Restored()
	if !ok {
		return
	}
	s.Reveal(slices.Concat([]string{w.con.Settings().RemoteURL}, w.con.Settings().RemoteURLs))
	if s.LeftOut {
		w.k.Toast(w.k.T("toast.content_left_out", "Size", w.k.Texts.Size(session.MaxContent)), "", nil)
	} else {
		w.form.SetLarge(s.Content)
	}
	w.log.Bar.Field.SetText(s.Filter)
	w.log.Bar.Apply()
	w.log.SetSplits(s.Beside, s.Below)
	w.scope.Restore(s.Tabs, s.Chosen)
}

// rememberInterval is the time between two looks at what a later window would restore.
const rememberInterval = time.Second

// rememberRegularly calls remember until the window closes: dragging a divider, for one,
// causes no event. It redraws nothing.
func (w *window) rememberRegularly() {
	time.AfterFunc(rememberInterval, func() {
		w.k.Post(func() {
			if !w.closing {
				w.remember()
				w.rememberRegularly()
			}
		})
	})
}

// remember stores what restore shows.
func (w *window) remember() {
	s := session.State{Content: w.form.CurrentContent(), Filter: w.log.Bar.Field.Text}
	s.Beside, s.Below = w.log.Splits()
	s.Tabs, s.Chosen = w.scope.Tabs()
	w.con.Session.Keep(s)
}
