package runs

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

// AskRetention asks how long and how many gigabytes of runs are kept on disk.
func (h *History) AskRetention() {
	if h.k.Asking() {
		return
	}
	saved := h.con.Settings()
	field := func(value *int, usual int) *kit.Field {
		if value != nil {
			usual = *value
		}
		e := kit.NewField(h.k)
		e.SetText(strconv.Itoa(usual))
		e.Validator = func(text string) error {
			if n, err := strconv.Atoi(text); err != nil || n < 0 {
				return errors.New(h.k.T("keep.wrong"))
			}
			return nil
		}
		return e
	}
	days, gb := field(saved.KeepDays, settings.DefaultKeepDays), field(saved.KeepGB, settings.DefaultKeepGB)
	T := h.k.T
	h.k.Ask(T("keep.title"), T("fyne.OK"), []*widget.FormItem{
		{Text: T("keep.days"), Widget: days, HintText: T("keep.days_hint")},
		{Text: T("keep.gb"), Widget: gb, HintText: T("keep.gb_hint")},
	}, func() {
		d, dErr := strconv.Atoi(days.Text)
		g, gErr := strconv.Atoi(gb.Text)
		if dErr == nil && gErr == nil {
			h.con.UpdateSettings(func(s *settings.Settings) { s.KeepDays, s.KeepGB = &d, &g })
			h.k.Toast(T("toast.changed"), "", nil)
		}
	})
}

// AskSecrets asks for the names of the fields to mask in saved files.
func (h *History) AskSecrets() {
	if h.k.Asking() {
		return
	}
	field := kit.NewField(h.k)
	field.MultiLine = true
	field.SetText(strings.Join(h.con.Settings().Secrets, "\n"))
	field.SetMinRowsVisible(5)
	field.SetPlaceHolder("X-Session\naccount_id")
	hint := widget.NewLabel(h.k.T("secrets.hint"))
	hint.Wrapping = fyne.TextWrapWord
	T := h.k.T
	h.k.Ask(T("secrets.title"), T("fyne.OK"), []*widget.FormItem{{Text: T("secrets.names"), Widget: field}, {Widget: hint}}, func() {
		var names []string
		for line := range strings.Lines(field.Text) {
			if name := strings.TrimSpace(line); name != "" {
				names = append(names, name)
			}
		}
		h.con.UpdateSettings(func(s *settings.Settings) { s.Secrets = names })
		h.k.Toast(h.k.T("toast.changed"), "", nil)
	})
}
