package ui

import "sseconsole/ui/kit"

// showKeysInTips adds the keys of commands to the tips of the buttons that do the same.
func (w *window) showKeysInTips() {
	buttons := map[string]*kit.Button{
		"send_file": w.form.SendFile, "next_problem": w.scope.Badge,
		"tab_log": w.tabs.Buttons[tabLog], "tab_server": w.tabs.Buttons[tabServer],
	}
	for _, c := range w.commands {
		if b := buttons[c.ID]; b != nil {
			b.SetTipKeys(c.Keys.String())
		}
	}
}
