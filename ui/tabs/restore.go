package tabs

import (
	"slices"

	"sseconsole/ui/console"
	"sseconsole/ui/console/session"
)

// Tabs returns the tabs as they are stored, and the number of the chosen one, from 1; 0 is
// that for everything.
func (b *Bar) Tabs() (stored []session.Tab, chosen int) {
	for _, t := range b.List {
		stored = append(stored, session.Tab{Saved: t.pair.Saved, Remote: t.pair.Remote, ClientID: t.pair.ClientID, Name: t.Name})
	}
	return stored, 1 + slices.Index(b.List, b.chosen)
}

// Restore adds stored tabs, whose subscriptions are closed, and chooses one. It leaves the
// form unchanged.
func (b *Bar) Restore(stored []session.Tab, chosen int) {
	for i, s := range stored {
		p := console.Pair{Saved: s.Saved, Remote: s.Remote, ClientID: s.ClientID}
		t := b.Tab(p)
		if t == nil {
			t = newTab(b, p)
			t.kept, t.Name = true, s.Name
			b.add(t)
		}
		if i == chosen-1 {
			b.choose(t)
		}
	}
}
