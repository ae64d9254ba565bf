package logpane

import "sseconsole/ui/kit"

// showEmpty says why there are no rows, and offers what changes that.
func (p *Pane) showEmpty() {
	if p.Empty == nil || p.Model == nil { // being created
		return
	}
	kit.SetVisible(p.Empty.Content, p.Len() == 0)
	if p.Len() > 0 {
		return
	}
	T := p.k.T
	var text, button string
	switch filtered := p.only && !p.Filter.Empty(); {
	case filtered && p.Model.Progress().Working:
		text = T("log.looking")
	case filtered:
		text, button, p.next = T("log.no_match"), T("log.clear_filter"), p.Bar.clear
	case p.cleared > 0:
		text, button, p.next = T("log.cleared"), T("menu.show_all"), p.ShowAll
	case p.From != p.con.Journal:
		text = T("log.empty_run")
	default:
		text, button, p.next = T("log.empty"), T("form.subscribe"), p.cfg.Subscribe
	}
	p.Empty.Set(text, button)
	kit.SetVisible(p.Empty.Button, button != "")
}
