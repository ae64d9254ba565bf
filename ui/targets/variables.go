package targets

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// variablesEditor edits a list of variables, one per row.
type variablesEditor struct {
	k       *kit.Kit
	content *fyne.Container
	list    *fyne.Container
	rows    []*variableRow
	add     *kit.Button
	changed func()
}

type variableRow struct {
	content     *fyne.Container
	name, value *kit.Field
	secret      *widget.Check
	wrong       *widget.Label
}

func newVariablesEditor(k *kit.Kit, changed func()) *variablesEditor {
	v := &variablesEditor{k: k, changed: changed, list: container.NewVBox()}
	v.add = kit.NewButton(theme.ContentAddIcon(), func() {
		v.put(endpoint.Variable{})
		k.Win.Canvas().Focus(v.rows[len(v.rows)-1].name)
		v.changed()
	})
	v.add.Importance = widget.LowImportance
	v.content = container.NewVBox(v.list, container.NewHBox(v.add))
	k.Text(func() {
		v.add.SetText(k.T("spec.add_variable"))
		for _, r := range v.rows {
			v.word(r)
		}
	})
	return v
}

// word sets the texts of a row.
func (v *variablesEditor) word(r *variableRow) {
	r.name.SetPlaceHolder(v.k.T("spec.variable_name"))
	r.value.SetPlaceHolder(v.k.T("spec.variable_value"))
	r.secret.SetText(v.k.T("spec.variable_secret"))
}

// put adds a row.
func (v *variablesEditor) put(variable endpoint.Variable) {
	r := &variableRow{name: kit.NewField(v.k), value: kit.NewField(v.k), wrong: widget.NewLabel("")}
	r.wrong.Importance, r.wrong.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	r.wrong.Hide()
	r.name.SetText(variable.Name)
	r.value.Password = variable.Secret
	r.value.SetText(variable.Value)
	r.secret = widget.NewCheck("", nil)
	r.secret.SetChecked(variable.Secret)
	r.secret.OnChanged = func(bool) { v.rebuild(r) }
	r.name.OnChanged = func(string) { v.changed() }
	r.value.OnChanged = func(string) { v.changed() }
	remove := kit.NewButton(theme.DeleteIcon(), func() { v.drop(r) })
	remove.Importance = widget.LowImportance
	r.content = container.NewVBox(
		kit.Border(nil, nil, container.New(kit.FixedWidth(130), r.name), container.NewHBox(r.secret, remove), r.value),
		r.wrong)
	v.word(r)
	v.rows = append(v.rows, r)
	v.list.Add(r.content)
}

// rebuild creates the rows again, because a field is created either for a secret or for
// plain text.
func (v *variablesEditor) rebuild(row *variableRow) {
	at := slices.Index(v.rows, row)
	v.show(v.read())
	if at >= 0 {
		v.k.Win.Canvas().Focus(v.rows[at].secret)
	}
	v.changed()
}

func (v *variablesEditor) drop(row *variableRow) {
	for i, r := range v.rows {
		if r == row {
			v.rows = append(v.rows[:i:i], v.rows[i+1:]...)
			v.list.Remove(r.content)
			v.changed()
			return
		}
	}
}

func (v *variablesEditor) show(variables []endpoint.Variable) {
	v.rows = nil
	v.list.RemoveAll()
	for _, variable := range variables {
		v.put(variable)
	}
}

func (v *variablesEditor) read() []endpoint.Variable {
	var variables []endpoint.Variable
	for _, r := range v.rows {
		variables = append(variables, endpoint.Variable{Name: r.name.Text, Value: r.value.Text, Secret: r.secret.Checked})
	}
	return variables
}

// showProblems shows problems of the path variables[i] under their rows, and returns
// the others.
func (v *variablesEditor) showProblems(problems []*endpoint.Problem) (others []*endpoint.Problem) {
	texts, warning := make([]string, len(v.rows)), make([]bool, len(v.rows))
	for _, p := range problems {
		var i int
		if n, _ := fmt.Sscanf(p.Field, "variables[%d]", &i); n == 1 && i < len(texts) {
			if texts[i] == "" || warning[i] {
				texts[i], warning[i] = v.k.ShownText(wording.Of(v.k.Texts).Problem(p)), p.Warning()
			}
			continue
		}
		others = append(others, p)
	}
	for i, r := range v.rows {
		if r.wrong.Text != texts[i] {
			r.wrong.Importance = widget.DangerImportance
			if warning[i] {
				r.wrong.Importance = widget.WarningImportance
			}
			r.wrong.SetText(texts[i])
			kit.SetVisible(r.wrong, texts[i] != "")
		}
	}
	return others
}
