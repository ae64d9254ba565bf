package journal

// Health says how well a journal is kept. Its zero value is all well.
type Health struct {
	Err    error // why the file cannot be written; nil if it can, or if there is none
	Unkept int64 // records that are in memory alone because of that
	Lost   int64 // as Journal.Lost
}

// Health returns how well j is kept now.
func (j *Journal) Health() Health {
	j.mu.Lock()
	defer j.mu.Unlock()
	h := Health{Lost: j.lost}
	if j.w == nil || j.w.fault == nil {
		return h
	}
	h.Err = j.w.fault
	for _, b := range j.tail[j.written:] {
		h.Unkept += int64(len(b.ends))
	}
	if j.open != nil {
		h.Unkept += int64(len(j.open.ends))
	}
	return h
}
