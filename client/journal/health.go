package journal

// Health is the state of a journal. The zero value means that all is well.
type Health struct {
	Err    error // why the file cannot be written; nil if it can, or if there is no file
	Unkept int64 // number of records that are only in memory because of Err
	Lost   int64 // see Journal.Lost
}

// Health returns the current state of j.
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
