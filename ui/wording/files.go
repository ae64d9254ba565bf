package wording

import (
	"errors"
	"io/fs"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/client/mask"
	"sseconsole/client/record"
	"sseconsole/client/regularfile"
)

// OpenError says why a file cannot be opened.
func (w Words) OpenError(err error) string {
	var line *record.LineError
	var large *eventstream.TooLargeError
	switch {
	case errors.As(err, &line):
		return w.T("open.line", "Line", line.Line, "Why", w.fault(line.Fault), "Detail", mask.Error(line.Err).Error())
	case errors.As(err, &large):
		return w.T("open.large_block", "Size", w.Size(int64(large.Limit)))
	case errors.Is(err, export.ErrUnknown):
		return w.T("open.unknown")
	case errors.Is(err, export.ErrNotBundle):
		return w.T("open.not_bundle")
	case errors.Is(err, export.ErrNoRecords):
		return w.T("open.no_records")
	case errors.Is(err, export.ErrNoneKnown):
		return w.T("open.none_known")
	case errors.Is(err, export.ErrDirectory):
		return w.T("open.directory")
	case errors.Is(err, export.ErrBomb):
		return w.T("open.bomb", "Times", export.MaxGrowth)
	}
	return w.FileError(err)
}

func (w Words) fault(f record.Fault) string {
	switch f {
	case record.NoKind:
		return w.T("open.no_kind")
	case record.BadValue:
		return w.T("open.bad_value")
	case record.TooLong:
		return w.T("open.too_long")
	}
	return w.T("open.not_json")
}

// Skipped says what this version cannot show of a file that a newer one wrote, "" if
// nothing.
func (w Words) Skipped(s record.Skipped) string {
	var parts []string
	if s.Records > 0 {
		parts = append(parts, w.T("open.skipped_records", "N", s.Records))
	}
	if s.Fields > 0 {
		parts = append(parts, w.T("open.skipped_fields", "N", s.Fields))
	}
	if parts == nil {
		return ""
	}
	return w.T("open.skipped", "What", w.Join(parts...))
}

func (w Words) FileFormat(f export.Format) string {
	switch f {
	case export.FormatBundle:
		return w.T("save.bundle")
	case export.FormatNDJSON:
		return w.T("save.ndjson")
	}
	return w.T("save.raw")
}

// Run describes an earlier run: when it began, its size and its targets.
func (w Words) Run(r journal.Run) string {
	if r.Err != nil {
		return w.Join(Begun(r).Format(RunTime), w.Size(r.Bytes), w.BrokenRun(r.Err))
	}
	return w.Join(r.Started.Format(RunTime), w.T("status.rows", "N", r.Records), w.Size(r.Bytes), w.TargetNames(r.Targets), w.NewerRun(r))
}

// BrokenRun says why a run cannot be opened.
func (w Words) BrokenRun(err error) string {
	var path *fs.PathError
	var newer *journal.NewerError
	switch {
	case errors.Is(err, journal.ErrNotJournal):
		return w.T("run.alien")
	case errors.As(err, &newer):
		return w.T("run.newer_unread", "Version", newer.Version)
	case errors.As(err, &path):
		err = path.Err
	}
	return w.T("run.broken", "Detail", err.Error())
}

// NewerRun says that a newer version wrote the run, "" if none did.
func (w Words) NewerRun(r journal.Run) string {
	if !r.Newer() {
		return ""
	}
	return w.T("run.newer", "Version", r.Version)
}

func (w Words) TargetNames(targets []string) string {
	var names []string
	for _, t := range targets {
		names = append(names, w.TargetName(t))
	}
	return w.List(names...)
}

// RunTime is the layout of the time at which a run began.
const RunTime = "2006-01-02 15:04:05"

// Begun returns when a run began or, if that cannot be read, when it ended.
func Begun(r journal.Run) time.Time {
	if r.Err != nil {
		return r.Ended
	}
	return r.Started
}

// FileError says why a file was not read.
func (w Words) FileError(err error) string {
	var refused *regularfile.Error
	var system *fs.PathError
	switch {
	case errors.As(err, &refused):
		return w.T("file.refused."+string(refused.Kind), "Size", w.Size(refused.Most))
	case errors.As(err, &system):
		return w.T("file.not_read", "Detail", system.Err.Error())
	}
	return w.T("file.not_read", "Detail", mask.Error(err).Error())
}
