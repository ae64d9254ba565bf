package lab

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server/fault"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// faultChoice is a kind of fault that the form offers.
type faultChoice struct {
	Group string // key of the catalogue, after "faults.group_"
	Kind  fault.Kind
	// The parameters that the kind uses.
	delay, jitter, n, status bool
}

// FaultChoices returns all kinds of faults, grouped by what they affect.
func FaultChoices() []faultChoice {
	return []faultChoice{
		{Group: "answer", Kind: fault.Refusal, status: true},
		{Group: "answer", Kind: fault.HTMLPage},
		{Group: "answer", Kind: fault.WrongType},
		{Group: "answer", Kind: fault.Gzip},
		{Group: "time", Kind: fault.DelayHeaders, delay: true},
		{Group: "time", Kind: fault.DelayEvents, delay: true, jitter: true},
		{Group: "time", Kind: fault.Trickle, delay: true},
		{Group: "time", Kind: fault.SplitRune, delay: true},
		{Group: "time", Kind: fault.Beats, delay: true},
		{Group: "time", Kind: fault.NoKeepAlive},
		{Group: "end", Kind: fault.CutAfterEvents, n: true},
		{Group: "end", Kind: fault.CutAfterBytes, n: true},
		{Group: "end", Kind: fault.RetryStorm},
		{Group: "form", Kind: fault.NoBlankLine},
		{Group: "form", Kind: fault.LineEndCR},
		{Group: "form", Kind: fault.LineEndCRLF},
		{Group: "form", Kind: fault.ByteOrderMark},
		{Group: "form", Kind: fault.RawLineFeed},
		{Group: "form", Kind: fault.HugeEvent, n: true},
		{Group: "id", Kind: fault.NULInID},
		{Group: "id", Kind: fault.DuplicateIDs},
		{Group: "id", Kind: fault.SkippedIDs},
		{Group: "id", Kind: fault.BackwardsIDs},
		{Group: "id", Kind: fault.IgnoreLastEventID},
	}
}

// Faults is the section that shows the active faults and turns faults on and off.
type Faults struct {
	k       *kit.Kit
	con     *console.Console
	content *container.Scroll

	heading  *widget.Label
	Clear    *kit.Button
	list     *fyne.Container
	Offs     []*kit.Button // one for each fault in the list, to turn it off
	ListText string        // the text of the list

	choices  []faultChoice
	Kind     *widget.Select
	why      *widget.Label
	ClientID *kit.Field
	Next     *kit.Field
	share    *kit.Field
	Delay    *kit.Field
	jitter   *kit.Field
	n        *kit.Field
	Status   *widget.Select
	after    *kit.Field
	rows     map[*kit.Field][]fyne.CanvasObject // the label and the field of a parameter
	statuses []fyne.CanvasObject
	Add      *kit.Button
	wrong    *widget.Label
	Lab      embedded.Lab
}

func newFaults(k *kit.Kit, con *console.Console) *Faults {
	f := &Faults{k: k, con: con, choices: FaultChoices(), rows: map[*kit.Field][]fyne.CanvasObject{}}
	f.heading = widget.NewLabel("")
	f.Clear = kit.NewButton(theme.CancelIcon(), con.Embedded.ClearFaults)
	f.Clear.Importance = widget.DangerImportance
	f.list = container.NewVBox()

	f.Kind = widget.NewSelect(nil, func(string) { f.chosen() })
	f.why, f.wrong = widget.NewLabel(""), widget.NewLabel("")
	f.why.Wrapping, f.wrong.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	f.wrong.Importance = widget.WarningImportance
	f.Status = widget.NewSelect([]string{"500", "503", "429", "404", "401", "301", "204"}, nil)
	f.Status.Selected = f.Status.Options[0]
	f.Add = kit.NewButton(theme.WarningIcon(), f.doAdd)

	// Turn on stays where it is, whatever fields the kind has.
	kindLabel := widget.NewLabel("")
	fields := container.New(layout.NewFormLayout(),
		kindLabel, kit.Border(nil, nil, nil, f.Add, f.Kind),
		kit.NewGap(0), container.NewVBox(f.why, f.wrong))
	labels := []func(){func() { kindLabel.SetText(k.T("faults.kind")) }}
	row := func(key string, field fyne.CanvasObject) []fyne.CanvasObject {
		label := widget.NewLabel("")
		labels = append(labels, func() { label.SetText(k.T(key)) })
		fields.Add(label)
		fields.Add(field)
		return []fyne.CanvasObject{label, field}
	}
	field := func(to **kit.Field, key string) {
		*to = kit.NewField(k)
		(*to).OnChanged = func(string) { f.check() }
		(*to).OnSubmitted = func(string) { f.doAdd() }
		f.rows[*to] = row(key, *to)
	}
	field(&f.Delay, "faults.delay")
	field(&f.jitter, "faults.jitter")
	field(&f.n, "faults.number")
	f.statuses = row("faults.status", f.Status)
	field(&f.after, "faults.retry_after")
	field(&f.ClientID, "column.client_id")
	field(&f.Next, "faults.next")
	field(&f.share, "faults.share")

	// Turn on stays under the mouse, however many faults are on.
	f.content = section(fields, widget.NewSeparator(),
		kit.Border(nil, nil, nil, f.Clear, f.heading), f.list)
	k.Text(func() {
		T := k.T
		at := max(0, f.Kind.SelectedIndex())
		f.Kind.Options = nil
		for _, c := range f.choices {
			f.Kind.Options = append(f.Kind.Options, wording.Of(k.Texts).Labelled(T("faults.group_"+c.Group), wording.Of(k.Texts).FaultName(c.Kind)))
		}
		for _, set := range labels {
			set()
		}
		f.Clear.SetText(T("faults.clear"))
		f.Add.SetText(T("faults.add"))
		f.ClientID.SetPlaceHolder(T("faults.all_clients"))
		f.Next.SetPlaceHolder(T("faults.all_connections"))
		f.share.SetPlaceHolder("100")
		f.Kind.SetSelectedIndex(at)
		f.chosen()
		f.ListText = "\n" // differs from any list, so that show rebuilds it
		f.show(f.Lab)
	})
	return f
}

// chosen shows the fields that the chosen kind uses.
func (f *Faults) chosen() {
	c := f.choices[max(0, f.Kind.SelectedIndex())]
	f.why.SetText(f.k.T("fault." + string(c.Kind) + ".why"))
	for field, shown := range map[*kit.Field]bool{f.Delay: c.delay, f.jitter: c.jitter, f.n: c.n, f.after: c.status} {
		for _, o := range f.rows[field] {
			kit.SetVisible(o, shown)
		}
	}
	for _, o := range f.statuses {
		kit.SetVisible(o, c.status)
	}
	kit.SetVisible(f.why, f.why.Text != "")
	f.content.Refresh() // moves the fields below up
	f.check()
}

// fault returns the fault that the form describes, or a sentence that says what is
// wrong with the form.
func (f *Faults) fault() (set fault.Fault, wrong string) {
	T := f.k.T
	c := f.choices[max(0, f.Kind.SelectedIndex())]
	set = fault.Fault{Kind: c.Kind, ClientID: f.ClientID.Text}
	if why := console.CheckClientID(set.ClientID); set.ClientID != "" && why != "" {
		return set, T("why." + string(why))
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
	set.Delay = time.Duration(number(f.Delay, c.delay, hour*1000)) * time.Millisecond
	set.Jitter = time.Duration(number(f.jitter, c.jitter, hour*1000)) * time.Millisecond
	set.N = number(f.n, c.n, 1<<30)
	if c.status {
		set.Status, _ = strconv.Atoi(f.Status.Selected)
	}
	set.RetryAfter = time.Duration(number(f.after, c.status, 24*hour)) * time.Second
	set.Next = number(f.Next, true, 1<<30)
	set.Share = float64(number(f.share, true, 100)) / 100
	return set, wrong
}

// check shows what is wrong with the form, and enables or disables Add.
func (f *Faults) check() {
	_, wrong := f.fault()
	f.say(wrong)
	kit.SetEnabled(f.Add, wrong == "")
}

// say shows what is wrong, "" if nothing is.
func (f *Faults) say(wrong string) {
	if wrong != f.wrong.Text {
		f.wrong.SetText(wrong)
	}
	kit.SetVisible(f.wrong, wrong != "")
}

func (f *Faults) doAdd() {
	if set, wrong := f.fault(); wrong == "" {
		f.con.Embedded.SetFault(set)
	}
}

// show shows which faults are on.
func (f *Faults) show(lab embedded.Lab) {
	f.Lab = lab
	T := f.k.T
	heading := T("faults.none")
	if len(lab.Faults) > 0 {
		heading = T("faults.on", "N", len(lab.Faults))
	}
	if f.heading.Text != heading {
		f.heading.SetText(heading)
	}
	kit.SetVisible(f.Clear, len(lab.Faults) > 0)
	if lab.Refused != "" {
		f.say(T("faults.refused", "Detail", lab.Refused))
	}
	var texts []string
	for _, on := range lab.Faults {
		texts = append(texts, wording.Of(f.k.Texts).Fault(on, f.k.Brief))
	}
	text := strings.Join(texts, "\n")
	if text == f.ListText {
		return
	}
	f.ListText = text
	f.list.RemoveAll()
	f.Offs = nil
	for i, on := range lab.Faults {
		label := widget.NewLabel(texts[i])
		label.Wrapping = fyne.TextWrapWord
		off := kit.NewButton(theme.CancelIcon(), func() { f.con.Embedded.ClearFault(on.ID) })
		off.SetText(T("faults.off"))
		f.Offs = append(f.Offs, off)
		icon := widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon()))
		f.list.Add(kit.Border(nil, nil, container.NewPadded(icon), off, label))
	}
	f.list.Refresh()
}
