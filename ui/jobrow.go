package ui

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
)

// jobRows shows a slim row for each job: what it does, how far it is, and a
// button that cancels it. Without jobs it takes no place.
type jobRows struct {
	w       *window
	content *fyne.Container
	rows    []*jobRow
}

type jobRow struct {
	job     *console.Job
	content *fyne.Container
	label   *widget.Label
	bar     *widget.ProgressBar
	cancel  *kit.Button
}

func newJobRows(w *window) *jobRows {
	j := &jobRows{w: w, content: container.NewVBox()}
	j.content.Hide()
	w.k.Text(func() {
		for _, r := range j.rows {
			j.word(r)
		}
	})
	return j
}

// refresh makes the rows those of the jobs under way.
func (j *jobRows) refresh() {
	jobs := j.w.con.Jobs()
	kept := slices.DeleteFunc(slices.Clone(j.rows), func(r *jobRow) bool { return !slices.Contains(jobs, r.job) })
	changed := len(kept) != len(j.rows)
	j.rows = kept
	for _, job := range jobs {
		if !slices.ContainsFunc(j.rows, func(r *jobRow) bool { return r.job == job }) {
			j.rows = append(j.rows, j.newRow(job))
			changed = true
		}
	}
	for _, r := range j.rows {
		if done, total := r.job.Progress(); total > 0 {
			r.bar.SetValue(min(1, float64(done)/float64(total)))
		}
	}
	if !changed {
		return
	}
	j.content.Objects = nil
	for _, r := range j.rows {
		j.content.Objects = append(j.content.Objects, r.content)
	}
	kit.SetVisible(j.content, len(j.rows) > 0)
	j.content.Refresh()
}

func (j *jobRows) newRow(job *console.Job) *jobRow {
	r := &jobRow{job: job, label: widget.NewLabel(""), bar: widget.NewProgressBar()}
	r.label.Truncation = fyne.TextTruncateEllipsis
	r.cancel = kit.NewButton(theme.CancelIcon(), job.Cancel)
	r.content = container.NewBorder(nil, nil, nil, r.cancel, container.NewGridWithColumns(2, r.label, r.bar))
	j.word(r)
	return r
}

func (j *jobRows) word(r *jobRow) {
	name := j.w.k.ShownText(filepath.Base(r.job.Path))
	if r.job.Kind == console.Saving {
		r.label.SetText(j.w.k.T("job.saving", "File", name))
	} else {
		r.label.SetText(j.w.k.T("job.opening", "File", name))
	}
	r.cancel.SetText(j.w.k.T("fyne.Cancel"))
}
