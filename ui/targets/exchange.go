package targets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording"
)

// chooseImport asks for a file of targets and imports it.
func (m *manager) chooseImport() {
	T := m.t.k.T
	chooser.OldFile(m.t.k, T("manager.import_title"), T("fyne.Open"), m.importFile)
}

// importFile imports a file of targets. If names conflict, it asks what to do.
func (m *manager) importFile(path string) {
	m.t.con.Targets.Read(path, func(file endpoint.File, conflicts []endpoint.Conflict, err error) {
		m.t.k.Post(func() {
			switch {
			case err != nil:
				m.tell(err)
			case m.conflicting(conflicts) != "":
				m.askResolution(file, m.conflicting(conflicts))
			default:
				m.importAll(file, endpoint.Skip)
			}
		})
	})
}

// conflicting returns the names under which different items are already saved, or "".
func (m *manager) conflicting(conflicts []endpoint.Conflict) string {
	var names []string
	for _, c := range conflicts {
		if !c.Same { // an identical item is no conflict
			names = append(names, m.t.k.Brief(c.Name))
		}
	}
	return m.few(names)
}

// few joins the first few names.
func (m *manager) few(names []string) string {
	const most = 8
	if len(names) > most {
		names = append(names[:most:most], "…")
	}
	return wording.Of(m.t.k.Texts).List(names...)
}

func (m *manager) askResolution(file endpoint.File, names string) {
	T := m.t.k.T
	text := widget.NewLabel(T("manager.conflict", "Names", names))
	text.Wrapping = fyne.TextWrapWord
	ask := m.t.k.NewDialog(T("manager.import_title"), kit.Flush(text), 620)
	choice := func(key string, r endpoint.Resolution) {
		ask.Button(T(key), func() {
			ask.Hide()
			m.importAll(file, r)
		})
	}
	ask.Cancel()
	choice("manager.skip", endpoint.Skip)
	choice("manager.replace", endpoint.Replace)
	choice("manager.keep_both", endpoint.KeepBoth)
	ask.Show(nil)
}

func (m *manager) importAll(file endpoint.File, r endpoint.Resolution) {
	m.Targets.leave(func() {
		m.environments.leave(func() {
			m.t.con.Targets.Import(file, r, func(report []endpoint.Imported, err error) {
				m.t.k.Post(func() {
					if err != nil {
						m.tell(err)
						return
					}
					m.imported(report)
				})
			})
		})
	})
}

// imported shows the result of an import.
func (m *manager) imported(report []endpoint.Imported) {
	T := m.t.k.T
	var imported, skipped, missing []string
	first := ""
	for _, i := range report {
		if i.Same || i.Resolution == endpoint.Skip {
			skipped = append(skipped, m.t.k.Brief(i.Name))
			continue
		}
		imported = append(imported, m.t.k.Brief(i.As))
		if !i.Environment && first == "" {
			first = i.As
		}
		for _, secret := range i.Secrets {
			missing = append(missing, wording.Of(m.t.k.Texts).Labelled(m.t.k.Brief(i.As), secret))
		}
	}
	if first == "" {
		first = m.Targets.Chosen
	}
	m.Targets.load(first)
	m.environments.load(m.environments.Chosen)
	var lines []string
	if len(imported) > 0 {
		lines = append(lines, T("manager.imported", "Names", m.few(imported)))
	}
	if len(skipped) > 0 {
		lines = append(lines, T("manager.left", "Names", m.few(skipped)))
	}
	if len(missing) > 0 {
		lines = append(lines, T("manager.lacking", "Names", m.few(missing)))
	}
	if len(report) == 0 {
		lines = append(lines, T("manager.nothing_in_file"))
	}
	text := strings.Join(lines, "\n")
	if len(imported) > 0 && len(missing) == 0 {
		m.t.k.Toast(text, "", nil)
		return
	}
	m.inform(T("manager.import_title"), text) // there is something to do
}

// tell shows what went wrong with a file.
func (m *manager) tell(err error) {
	m.inform(m.t.k.T("file.title"), wording.Of(m.t.k.Texts).TargetError(err))
}

func (m *manager) inform(title, text string) { m.t.k.Inform(title, text) }
