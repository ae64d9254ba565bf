package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// faultChoice is a kind of fault as the form offers it.
type faultChoice struct {
	group string // in the catalogue, after "faults.group_"
	kind  server.FaultKind
	// The parameters that mean something to it.
	delay, jitter, n, status bool
}

// faultChoices returns all kinds, by what they do harm to.
func faultChoices() []faultChoice {
	return []faultChoice{
		{group: "answer", kind: server.Refusal, status: true},
		{group: "answer", kind: server.HTMLPage},
		{group: "answer", kind: server.WrongType},
		{group: "answer", kind: server.Gzip},
		{group: "time", kind: server.DelayHeaders, delay: true},
		{group: "time", kind: server.DelayEvents, delay: true, jitter: true},
		{group: "time", kind: server.Trickle, delay: true},
		{group: "time", kind: server.SplitRune, delay: true},
		{group: "time", kind: server.Beats, delay: true},
		{group: "time", kind: server.NoKeepAlive},
		{group: "end", kind: server.CutAfterEvents, n: true},
		{group: "end", kind: server.CutAfterBytes, n: true},
		{group: "end", kind: server.RetryStorm},
		{group: "form", kind: server.NoBlankLine},
		{group: "form", kind: server.LineEndCR},
		{group: "form", kind: server.LineEndCRLF},
		{group: "form", kind: server.ByteOrderMark},
		{group: "form", kind: server.RawLineFeed},
		{group: "form", kind: server.HugeEvent, n: true},
		{group: "id", kind: server.NULInID},
		{group: "id", kind: server.DuplicateIDs},
		{group: "id", kind: server.SkippedIDs},
		{group: "id", kind: server.BackwardsIDs},
		{group: "id", kind: server.IgnoreLastEventID},
	}
}

// faultsSection shows the faults that are on and turns others on.
type faultsSection struct {
	w       *window
	content fyne.CanvasObject

	heading  *widget.Label
	clear    *kit.Button
	list     *fyne.Container
	offs     []*kit.Button // of the faults in the list
	listText string        // what the list shows

	choices  []faultChoice
	kind     *widget.Select
	why      *widget.Label
	clientID *kit.Field
	next     *kit.Field
	share    *kit.Field
	delay    *kit.Field
	jitter   *kit.Field
	n        *kit.Field
	status   *widget.Select
	after    *kit.Field
	rows     map[*kit.Field][]fyne.CanvasObject // of a parameter: its label and its field
	statuses []fyne.CanvasObject
	add      *kit.Button
	wrong    *widget.Label
	lab      console.Lab
}

func newFaultsSection(w *window) *faultsSection {
	f := &faultsSection{w: w, choices: faultChoices(), rows: map[*kit.Field][]fyne.CanvasObject{}}
	f.heading = widget.NewLabel("")
	f.clear = kit.NewButton(theme.CancelIcon(), w.con.ClearFaults)
	f.clear.Importance = widget.DangerImportance
	f.list = container.NewVBox()

	f.kind = widget.NewSelect(nil, func(string) { f.chosen() })
	f.why, f.wrong = widget.NewLabel(""), widget.NewLabel("")
	f.why.Wrapping, f.wrong.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	f.wrong.Importance = widget.WarningImportance
	f.status = widget.NewSelect([]string{"500", "503", "429", "404", "401", "301", "204"}, nil)
	f.status.Selected = f.status.Options[0]
	f.add = kit.NewButton(theme.WarningIcon(), f.doAdd)
	f.add.Importance = widget.HighImportance

	fields := container.New(layout.NewFormLayout())
	var labels []func()
	row := func(key string, field fyne.CanvasObject) []fyne.CanvasObject {
		label := widget.NewLabel("")
		labels = append(labels, func() { label.SetText(w.k.T(key)) })
		fields.Add(label)
		fields.Add(field)
		return []fyne.CanvasObject{label, field}
	}
	field := func(to **kit.Field, key string) {
		*to = kit.NewField(w.k)
		(*to).OnChanged = func(string) { f.check() }
		(*to).OnSubmitted = func(string) { f.doAdd() }
		f.rows[*to] = row(key, *to)
	}
	row("faults.kind", f.kind)
	field(&f.delay, "faults.delay")
	field(&f.jitter, "faults.jitter")
	field(&f.n, "faults.number")
	f.statuses = row("faults.status", f.status)
	field(&f.after, "faults.retry_after")
	field(&f.clientID, "column.client_id")
	field(&f.next, "faults.next")
	field(&f.share, "faults.share")

	f.content = container.NewVScroll(container.NewVBox(
		container.NewBorder(nil, nil, nil, f.clear, f.heading), f.list, widget.NewSeparator(),
		fields, f.why, container.NewBorder(nil, nil, f.add, nil, f.wrong)))
	w.k.Text(func() {
		T := w.k.T
		at := max(0, f.kind.SelectedIndex())
		f.kind.Options = nil
		for _, c := range f.choices {
			f.kind.Options = append(f.kind.Options, T("faults.group_"+c.group)+": "+T("fault."+string(c.kind)))
		}
		for _, set := range labels {
			set()
		}
		f.clear.SetText(T("faults.clear"))
		f.add.SetText(T("faults.add"))
		f.clientID.SetPlaceHolder(T("faults.all_clients"))
		f.next.SetPlaceHolder(T("faults.all_connections"))
		f.share.SetPlaceHolder("100")
		f.kind.SetSelectedIndex(at)
		f.chosen()
		f.listText = "\n" // words it anew
		f.show(f.lab)
	})
	return f
}

// chosen shows the fields that the chosen kind uses.
func (f *faultsSection) chosen() {
	c := f.choices[max(0, f.kind.SelectedIndex())]
	f.why.SetText(f.w.k.T("fault." + string(c.kind) + ".why"))
	for field, shown := range map[*kit.Field]bool{f.delay: c.delay, f.jitter: c.jitter, f.n: c.n, f.after: c.status} {
		for _, o := range f.rows[field] {
			kit.SetVisible(o, shown)
		}
	}
	for _, o := range f.statuses {
		kit.SetVisible(o, c.status)
	}
	f.content.Refresh() // what stands below moves up
	f.check()
}

// fault is what the form says, or the sentence that tells what is wrong.
func (f *faultsSection) fault() (fault server.Fault, wrong string) {
	T := f.w.k.T
	c := f.choices[max(0, f.kind.SelectedIndex())]
	fault = server.Fault{Kind: c.kind, ClientID: f.clientID.Text}
	if why := console.CheckClientID(fault.ClientID); fault.ClientID != "" && why != "" {
		return fault, T("why." + string(why))
	}
	number := func(field *kit.Field, used bool, most int) int {
		text := strings.TrimSpace(field.Text)
		if !used || text == "" || wrong != "" {
			return 0
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > most {
			wrong = T("faults.bad_number", "Field", f.rows[field][0].(*widget.Label).Text, "Most", most)
		}
		return n
	}
	const hour = 60 * 60
	fault.Delay = time.Duration(number(f.delay, c.delay, hour*1000)) * time.Millisecond
	fault.Jitter = time.Duration(number(f.jitter, c.jitter, hour*1000)) * time.Millisecond
	fault.N = number(f.n, c.n, 1<<30)
	if c.status {
		fault.Status, _ = strconv.Atoi(f.status.Selected)
	}
	fault.RetryAfter = time.Duration(number(f.after, c.status, 24*hour)) * time.Second
	fault.Next = number(f.next, true, 1<<30)
	fault.Share = float64(number(f.share, true, 100)) / 100
	return fault, wrong
}

func (f *faultsSection) check() {
	_, wrong := f.fault()
	if wrong != f.wrong.Text {
		f.wrong.SetText(wrong)
	}
	kit.SetEnabled(f.add, wrong == "")
}

func (f *faultsSection) doAdd() {
	if fault, wrong := f.fault(); wrong == "" {
		f.w.con.SetFault(fault)
	}
}

// show takes up which faults are on.
func (f *faultsSection) show(lab console.Lab) {
	f.lab = lab
	T := f.w.k.T
	heading := T("faults.none")
	if len(lab.Faults) > 0 {
		heading = T("faults.on", "N", len(lab.Faults))
	}
	if f.heading.Text != heading {
		f.heading.SetText(heading)
	}
	kit.SetVisible(f.clear, len(lab.Faults) > 0)
	if lab.Refused != "" {
		f.wrong.SetText(T("faults.refused", "Detail", lab.Refused))
	}
	var texts []string
	for _, fault := range lab.Faults {
		texts = append(texts, f.w.faultText(fault))
	}
	text := strings.Join(texts, "\n")
	if text == f.listText {
		return
	}
	f.listText = text
	f.list.RemoveAll()
	f.offs = nil
	for i, fault := range lab.Faults {
		label := widget.NewLabel("⚠ " + texts[i])
		label.Wrapping = fyne.TextWrapWord
		off := kit.NewButton(theme.CancelIcon(), func() { f.w.con.ClearFault(fault.ID) })
		off.SetText(T("faults.off"))
		f.offs = append(f.offs, off)
		f.list.Add(container.NewBorder(nil, nil, nil, off, label))
	}
	f.list.Refresh()
}

// faultText words a fault that is on.
func (w *window) faultText(f server.Fault) string {
	T := w.k.T
	who := T("faults.all_clients")
	if f.ClientID != "" {
		who = w.k.Brief(f.ClientID)
	}
	var parameters []string
	add := func(set bool, text string) {
		if set {
			parameters = append(parameters, text)
		}
	}
	add(f.Status != 0, fmt.Sprint(f.Status))
	add(f.RetryAfter > 0, "Retry-After "+w.k.Texts.Duration(f.RetryAfter))
	add(f.Delay > 0, w.k.Texts.Duration(f.Delay))
	add(f.Jitter > 0, "± "+w.k.Texts.Duration(f.Jitter))
	add(f.N > 0, fmt.Sprint(f.N))
	add(f.Share > 0 && f.Share < 1, fmt.Sprintf("%.0f %%", f.Share*100))
	if f.Next > 0 {
		parameters = append(parameters, T("faults.left", "N", f.Next-f.Hits))
	}
	return wording.Of(w.k.Texts).Join(T("fault."+string(f.Kind)), strings.Join(parameters, ", "), who, T("faults.hits", "N", f.Hits))
}
