package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sseconsole/client/target"
	"sseconsole/ui/kit"
)

// environmentForm edits an environment.
type environmentForm struct {
	content   fyne.CanvasObject
	fields    *fields[target.Environment]
	name      *kit.Field
	variables *variablesEditor
}

func newEnvironmentForm(k *kit.Kit, changed func()) *environmentForm {
	e := &environmentForm{}
	e.fields = newFields[target.Environment](k, changed)
	f := e.fields
	page := f.page()
	e.name, _ = f.value("name", "spec.name", func(t *target.Environment) *string { return &t.Name })
	e.variables = newVariablesEditor(k, f.changed)
	f.bind(func(t *target.Environment) { e.variables.show(t.Variables) }, func(t *target.Environment) *target.Problem {
		t.Variables = e.variables.read()
		return nil
	})
	f.row("variables", "spec.variables", e.variables.content)
	e.content = container.NewVScroll(page)
	return e
}

func (e *environmentForm) show(t target.Environment) {
	t = t.Clone()
	e.fields.show(&t)
	e.check()
}

// check tells what is wrong beside the fields, and returns what they say.
func (e *environmentForm) check(more ...*target.Problem) (target.Environment, []*target.Problem) {
	var t target.Environment
	problems := append(more, e.fields.read(&t)...)
	problems = append(problems, t.Check()...)
	e.fields.tell(e.variables.tell(problems))
	return t, problems
}
