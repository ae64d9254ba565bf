package runs

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/files"
	"sseconsole/ui/kit"
)

// Jobs shows a row for each job that saves or opens a file, with its progress and a
// button that cancels it. It is hidden while there are no jobs.
type Jobs struct {
	h       *History
	Content *fyne.Container
	Rows    []*jobRow
}

type jobRow struct {
	job     *files.Job
	content *fyne.Container
	Label   *widget.Label
	bar     *widget.ProgressBar
	Cancel  *kit.Button
}

func newJobs(h *History) *Jobs {
	j := &Jobs{h: h, Content: container.NewVBox()}
	j.Content.Hide()
	h.k.Text(func() {
		for _, r := range j.Rows {
			j.word(r)
		}
	})
	return j
}

// refresh updates the rows.
func (j *Jobs) refresh() {
	jobs := j.h.con.Files.Jobs()
	running := slices.DeleteFunc(slices.Clone(j.Rows), func(r *jobRow) bool { return !slices.Contains(jobs, r.job) })
	changed := len(running) != len(j.Rows)
	j.Rows = running
	for _, job := range jobs {
		if !slices.ContainsFunc(j.Rows, func(r *jobRow) bool { return r.job == job }) {
			j.Rows = append(j.Rows, j.newRow(job))
			changed = true
		}
	}
	for _, r := range j.Rows {
		if done, total := r.job.Progress(); total > 0 {
			r.bar.SetValue(min(1, float64(done)/float64(total)))
		}
	}
	if !changed {
		return
	}
	j.Content.Objects = nil
	for _, r := range j.Rows {
		j.Content.Objects = append(j.Content.Objects, r.content)
	}
	kit.SetVisible(j.Content, len(j.Rows) > 0)
	j.Content.Refresh()
}

func (j *Jobs) newRow(job *files.Job) *jobRow {
	r := &jobRow{job: job, Label: widget.NewLabel(""), bar: widget.NewProgressBar()}
	r.Label.Truncation = fyne.TextTruncateEllipsis
	r.Cancel = kit.NewButton(theme.CancelIcon(), job.Cancel)
	r.content = kit.Border(nil, nil, nil, r.Cancel, container.NewGridWithColumns(2, r.Label, r.bar))
	j.word(r)
	return r
}

// word sets the texts of a row.
func (j *Jobs) word(r *jobRow) {
	name := j.h.k.ShownText(filepath.Base(r.job.Path))
	if r.job.Kind == files.Saving {
		r.Label.SetText(j.h.k.T("job.saving", "File", name))
	} else {
		r.Label.SetText(j.h.k.T("job.opening", "File", name))
	}
	r.Cancel.SetText(j.h.k.T("fyne.Cancel"))
}
