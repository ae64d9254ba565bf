package logpane

import (
	"cmp"
	"strconv"

	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
	"sseconsole/ui/console/settings"
)

// Commands returns the commands of the log, the filter bar and the details.
func (p *Pane) Commands() []command.Command {
	on, ctrl, shift, alt := command.On, command.Ctrl, command.Shift, command.Alt
	rows, find, size := command.At(command.Edit, 3), command.At(command.Edit, 4), command.At(command.View, 5)
	commands := []command.Command{
		{ID: "copy_row", Place: command.At(command.Edit, 2), Keys: on(fyne.KeyC, ctrl|shift), Run: p.Details.Copy, Enabled: func() bool { return p.Details.Record() != nil }},
		{ID: "copy_value", Place: command.At(command.Edit, 2), Run: p.Details.CopyValue, Enabled: p.Details.HasValue},
		{ID: "copy_path", Place: command.At(command.Edit, 2), Run: p.Details.CopyPath, Enabled: p.Details.HasValue},

		{ID: "clear", Place: rows, Keys: on(fyne.KeyL, ctrl), Run: p.Clear},
		{ID: "show_all", Place: rows, Keys: on(fyne.KeyL, ctrl|shift), Run: p.ShowAll},
		{ID: "newest", Place: rows, Keys: on(fyne.KeyEnd, ctrl), Run: p.newest},
		{ID: "fold", Place: rows, Run: p.ToggleSelected, Enabled: p.canToggle},
		{ID: "next_problem", Place: rows, Keys: on(fyne.KeyP, ctrl), Run: p.NextFinding},
		{ID: "previous_problem", Place: rows, Keys: on(fyne.KeyP, ctrl|shift), Run: p.PreviousFinding},

		{ID: "filter", Place: find, Keys: on(fyne.KeyF, ctrl), Run: p.Bar.Focus},
		{ID: "filter_only", Place: find, Keys: on(fyne.KeyF, ctrl|shift), Run: p.Bar.Toggle, Checked: func() bool { return p.Bar.Only.Checked }},
		{ID: "find_next", Place: find, Keys: on(fyne.KeyG, ctrl).Or(fyne.KeyF3, 0), Run: p.FindNext},
		{ID: "find_previous", Place: find, Keys: on(fyne.KeyG, ctrl|shift).Or(fyne.KeyF3, shift), Run: p.FindPrevious},
		{ID: "filter_by", Place: find, Run: p.Details.FilterByThis, Enabled: p.Details.CanFilter},
		{ID: "jump", Place: find, Keys: on(fyne.KeyJ, ctrl), Run: p.AskTime},

		{ID: "allow_origin", Place: command.At(command.Server, 3), Keys: on(fyne.KeyA, ctrl|shift), Run: p.Details.AllowOrigin, Enabled: p.Details.Allow.Visible},

		{ID: "text_larger", Place: size, Run: p.LargerText},
		{ID: "text_smaller", Place: size, Run: p.SmallerText},
		{ID: "text_normal", Place: size, Run: p.NormalText},

		{ID: "unfold_all", Place: command.At(command.View, 2), Run: p.ToggleUnfold, Checked: func() bool { return p.unfold }},

		{ID: "fold_row", In: "log", Keys: on(fyne.KeySpace, 0).Or(fyne.KeyRight, 0).Or(fyne.KeyLeft, 0)},
		{ID: "why", In: "log", Keys: on(fyne.KeyReturn, 0)},
		{ID: "select", In: "log", Keys: on(fyne.KeyUp, 0).Or(fyne.KeyDown, 0)},
		{ID: "scroll", In: "log", Keys: on(fyne.KeyPageUp, 0).Or(fyne.KeyPageDown, 0)},
		{ID: "ends", In: "log", Keys: on(fyne.KeyHome, 0).Or(fyne.KeyEnd, 0)},
		{ID: "extend", In: "log", Keys: on(fyne.KeyUp, shift).Or(fyne.KeyDown, shift).Or(fyne.KeyPageUp, shift).Or(fyne.KeyPageDown, shift).
			Or(fyne.KeyHome, shift).Or(fyne.KeyEnd, shift)},
		{ID: "only_one", In: "log", Keys: on(fyne.KeyEscape, 0)},
		{ID: "unfilter", In: "filter", Keys: on(fyne.KeyEscape, 0)},
	}
	numbered := func(i int, id string, sub string, modifier fyne.KeyModifier, run func(), checked func() bool) {
		commands = append(commands, command.Command{
			ID: id, Place: command.At(command.View, 2).Under(sub), Keys: on(fyne.KeyName(strconv.Itoa(i+1)), modifier), Run: run, Checked: checked,
		})
	}
	for i, g := range p.Kinds.Groups {
		numbered(i, "show_"+g.Name, "show", ctrl, func() { p.Kinds.Toggle(i) }, func() bool { return p.Kinds.Checks[i].Checked })
	}
	numbered(len(p.Kinds.Groups), "show_notices", "show", ctrl, p.Kinds.ToggleNotices, func() bool { return p.con.Settings().Notices })
	for i, c := range p.columns {
		numbered(c.number-1, "column_"+c.Key, "columns", ctrl|shift|alt, func() { p.ToggleColumn(i) }, func() bool { return p.View.Shows(i) })
	}
	for i, name := range []string{"tab_data", "tab_raw", "tab_connection", "tab_timing"} {
		numbered(i, name, "details", ctrl|shift, func() { p.OpenDetails(); p.Details.Choose(i) }, func() bool { return p.Details.Tab() == i })
	}
	for i, where := range []string{settings.DetailsAuto, settings.DetailsRight, settings.DetailsBelow, settings.DetailsHidden} {
		commands = append(commands, command.Command{
			ID: "details_" + cmp.Or(where, "auto"), Place: command.At(command.View, 3).Under("details"), Keys: on(fyne.KeyName(strconv.Itoa(i+5)), ctrl|shift),
			Run: func() { p.PlaceDetails(where) }, Checked: func() bool { return p.con.Settings().Details == where },
		})
	}
	commands = append(commands,
		command.Command{ID: "details_fold_all", Place: command.At(command.View, 4).Under("details"), Run: p.Details.Text.FoldAll, Enabled: p.Details.Folds},
		command.Command{ID: "details_unfold_all", Place: command.At(command.View, 4).Under("details"), Run: p.Details.Text.UnfoldAll, Enabled: p.Details.Folds},
		command.Command{ID: "details_fold", In: "details", Keys: on(fyne.KeyLeft, 0).Or(fyne.KeyRight, 0)},
		command.Command{ID: "details_fold_keys", In: "details", Keys: on(fyne.KeyLeft, ctrl).Or(fyne.KeyRight, ctrl)})
	return commands
}

// newest shows the end of the log.
func (p *Pane) newest() {
	p.cfg.Open()
	p.View.ScrollToEnd()
}
