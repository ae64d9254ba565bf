package ui

import (
	"sseconsole/client/endpoint"
	"sseconsole/ui/command"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/palette"
	"sseconsole/ui/tabs"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// newPalette returns the palette, in which everything is found that the window has.
func (w *window) newPalette() *palette.Palette {
	return palette.New(palette.Config{
		Kit: w.k, Items: w.paletteItems, More: w.paletteRuns, Keys: w.paletteKeys,
		Recent:   func() []string { return w.con.Settings().Chosen },
		Remember: func(id string) { w.con.UpdateSettings(func(s *settings.Settings) { s.RememberChosen(id) }) },
	})
}

// openPalette opens the palette, or closes it. Controls that are made before the palette
// call it.
func (w *window) openPalette() { w.palette.Open() }

// paletteItems returns what can be chosen in the palette, without earlier runs.
func (w *window) paletteItems() []palette.Item {
	var items []palette.Item
	words := wording.Of(w.k.Texts)
	add := func(kind, id, name string, run func()) {
		i := palette.Item{ID: kind + ":" + id, Name: name, Run: run}
		i.Group, i.Also = w.inLanguages(func(T func(string, ...any) string) string { return T(kind) })
		items = append(items, i)
	}
	for _, t := range w.scope.List {
		p := t.Pair()
		name := words.Join(t.Name, p.ClientID, words.TargetName(p.Target()), tabs.StateWord(words, t.Sub))
		add("palette.subscription", p.Target()+"/"+p.ClientID, name, func() { w.scope.Choose(t) })
	}
	to := func(p console.Pair) func() {
		p.ClientID = w.form.ClientID.Text
		return func() {
			w.form.Choose(p)
			w.k.Win.Canvas().Focus(w.form.Subscribe)
		}
	}
	targets, _, _ := w.con.Targets.Names()
	for _, name := range targets {
		add("palette.target", name, name, to(console.Pair{Saved: name}))
	}
	for _, url := range w.con.Settings().RemoteURLs {
		add("palette.address", endpoint.Mask(url), endpoint.Mask(url), to(console.Pair{Remote: url}))
	}
	for _, c := range w.commands.InOrder() {
		if c.Run != nil && c.ID != "palette" && c.ID != "escape" {
			items = append(items, w.paletteCommand(c))
		}
	}
	return items
}

// paletteKeys returns all commands with keys, in the order of the menu.
func (w *window) paletteKeys() []palette.Item {
	var items []palette.Item
	for _, c := range w.commands.InOrder() {
		if len(c.Keys) > 0 {
			items = append(items, w.paletteCommand(c))
		}
	}
	return items
}

func (w *window) paletteCommand(c *command.Command) palette.Item {
	i := palette.Item{ID: "menu." + c.ID, Keys: c.Keys.String(), Enabled: c.Enabled}
	if c.Run != nil && c.ID != "escape" { // there is nothing left to close
		i.Run = func() {
			c.Run()
			w.menu.refresh()
		}
	}
	i.Name, i.Names = w.inLanguages(func(T func(string, ...any) string) string { return label(T, c) })
	i.Group, i.Also = w.inLanguages(func(T func(string, ...any) string) string {
		if c.Place.Menu == "" {
			return T("keys.further")
		}
		return T("menu." + string(c.Place.Menu))
	})
	return i
}

// paletteRuns finds earlier runs. The newest is this one.
func (w *window) paletteRuns(add func([]palette.Item)) {
	w.k.Work(func() {
		runs, err := w.con.Files.Kept()
		if err != nil {
			return // the list of runs says why
		}
		w.k.Post(func() {
			words := wording.Of(w.k.Texts)
			var items []palette.Item
			for _, run := range runs {
				if run.Err != nil || run.Path == w.con.Journal.Path() {
					continue
				}
				i := palette.Item{ID: "palette.run:" + run.Path, Name: words.Run(run), Run: func() { w.k.Work(func() { w.history.OpenRun(run) }) }}
				i.Group, i.Also = w.inLanguages(func(T func(string, ...any) string) string { return T("palette.run") })
				items = append(items, i)
			}
			add(items)
		})
	})
}

// inLanguages returns a text in the window's language, and in the others.
func (w *window) inLanguages(text func(T func(string, ...any) string) string) (shown string, others []string) {
	if w.languages == nil {
		for _, language := range catalogue.Languages() {
			w.languages = append(w.languages, catalogue.New(language))
		}
	}
	for _, t := range w.languages {
		if t.Language != w.k.Texts.Language {
			others = append(others, text(t.T))
		}
	}
	return text(w.k.T), others
}
