package targets

import (
	"fyne.io/fyne/v2"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
)

// environmentForm edits an environment.
type environmentForm struct {
	content   fyne.CanvasObject
	fields    *fields[endpoint.Environment]
	name      *kit.Field
	variables *variablesEditor
}

func newEnvironmentForm(k *kit.Kit, changed func()) *environmentForm {
	e := &environmentForm{}
	e.fields = newFields[endpoint.Environment](k, changed)
	f := e.fields
	page := f.page()
	e.name, _ = f.value("name", "spec.name", func(t *endpoint.Environment) *string { return &t.Name })
	e.variables = newVariablesEditor(k, f.changed)
	f.bind(func(t *endpoint.Environment) { e.variables.show(t.Variables) }, func(t *endpoint.Environment) *endpoint.Problem {
		t.Variables = e.variables.read()
		return nil
	})
	f.row("variables", "spec.variables", e.variables.content)
	e.content = kit.NewVScroll(page)
	return e
}

func (e *environmentForm) show(t endpoint.Environment) {
	t = t.Clone()
	e.fields.show(&t)
	e.check()
}

// check returns the environment in the form and what is wrong with it. It shows
// problems next to their fields.
func (e *environmentForm) check(more ...*endpoint.Problem) (endpoint.Environment, []*endpoint.Problem) {
	var t endpoint.Environment
	problems := append(more, e.fields.read(&t)...)
	problems = append(problems, t.Check()...)
	e.fields.showProblems(e.variables.showProblems(problems))
	return t, problems
}
