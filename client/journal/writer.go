package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"
)

const (
	flushEvery = 100 * time.Millisecond // how long a record waits for others before it is written
	retryEvery = time.Second            // time between attempts to write after a failure
	buffer     = 32 << 20               // bytes that may wait for a slow disk
	pruneEvery = 1 << 30                // bytes written between two calls of prune
)

// Notice says that writing has stopped or resumed.
type Notice struct {
	Err  error // why the file cannot be written; nil if writing has resumed
	Lost int64 // number of records lost so far, see Journal.Lost
}

// writer is the state of a Journal with a file. The fields from room on are guarded by
// the journal's mu.
type writer struct {
	disk    *disk
	path    string // of its file
	started time.Time
	notify  func(Notice) // may be nil
	prune   func()       // removes old runs
	remove  func()       // removes the file

	opened  chan struct{} // a block has been begun
	sealed  chan struct{} // a block is full
	changed chan struct{} // fault has become set or nil
	closing chan struct{}
	close   sync.Once
	work    sync.WaitGroup

	room    *sync.Cond // signaled when waiting decreases
	waiting int64      // cost of the full blocks that are not in the file yet
	busy    bool       // the first of these blocks is being written
	fault   error      // why the last attempt to write failed
	closed  bool       // nothing more is written
	err     error      // result of Close
}

// start makes j write to the file of w. Both must be new.
func (j *Journal) start(w *writer) {
	w.opened, w.sealed, w.changed = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	w.closing = make(chan struct{})
	w.room = sync.NewCond(&j.mu)
	j.w = w
	w.work.Go(w.prune)
	w.work.Go(j.tell)
	w.work.Go(j.run)
}

// wake wakes the goroutine that receives from c, or makes its next receive succeed.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// healthy reports whether waiting blocks will soon be in the file.
func (w *writer) healthy() bool { return w.fault == nil && !w.closed }

// crowded reports whether Append must wait.
func (w *writer) crowded() bool { return w.waiting >= buffer && w.healthy() }

// run writes until the journal is closed.
func (j *Journal) run() {
	w := j.w
	defer close(w.changed)
	var due, retry <-chan time.Time
	var pruned int64 // w.disk.end at the last time
	for {
		select {
		case <-w.opened:
			if due == nil {
				due = time.After(flushEvery)
			}
		case <-w.sealed:
			if retry != nil {
				break
			}
			if !j.flush() {
				retry = time.After(retryEvery)
			}
			if w.disk.end-pruned >= pruneEvery {
				pruned = w.disk.end
				w.work.Go(w.prune)
			}
		case <-due:
			due = nil
			j.mu.Lock()
			j.seal() // which signals sealed
			j.mu.Unlock()
		case <-retry:
			retry = nil
			wake(w.sealed)
		case <-w.closing:
			j.mu.Lock()
			j.seal()
			j.mu.Unlock()
			j.flush()
			j.mu.Lock()
			w.closed = true
			w.room.Broadcast()
			j.mu.Unlock()
			return
		}
	}
}

// flush writes the blocks that are waiting now, oldest first, and reports whether it
// could. Blocks that are sealed meanwhile wake the writer again.
func (j *Journal) flush() bool {
	w := j.w
	j.mu.Lock()
	defer j.mu.Unlock()
	for left := len(j.tail) - j.written; left > 0 && j.written < len(j.tail); left-- {
		b, names := j.tail[j.written], j.targets[len(w.disk.targets):]
		w.busy = true
		j.mu.Unlock()
		err := w.missing()
		if err == nil {
			err = w.disk.write(b, names, w.started)
		}
		j.mu.Lock()
		w.busy = false
		if (err == nil) != (w.fault == nil) {
			wake(w.changed)
		}
		w.fault = err
		w.room.Broadcast()
		if err != nil {
			j.trim()
			return false
		}
		w.waiting -= b.cost()
		j.written++
		j.trim()
	}
	return true
}

// ErrRemoved says that the file of a journal was removed. Its records can be read
// until the journal is closed, and are then gone.
var ErrRemoved = errors.New("journal: file was removed")

// missing returns ErrRemoved if the file is no longer at its path: without this check,
// records would be written to it and silently be gone after Close.
func (w *writer) missing() error {
	f, ok := w.disk.file.(*os.File)
	if !ok {
		return nil
	}
	there, err := os.Stat(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrRemoved
	}
	if here, hereErr := f.Stat(); err == nil && hereErr == nil && !os.SameFile(here, there) {
		return ErrRemoved
	}
	return nil
}

// write appends b to the file, preceded by the names of new targets. The next attempt
// overwrites what a failed one left behind.
func (d *disk) write(b *block, names []string, started time.Time) error {
	if d.end == 0 {
		if _, err := d.file.WriteAt(appendPreamble(nil, started), 0); err != nil {
			return err
		}
		d.mu.Lock()
		d.end = int64(preambleSize)
		d.mu.Unlock()
	}
	out := d.out[:0]
	if len(names) > 0 {
		out = appendTargets(out, names)
	}
	head := len(out)
	out = b.append(out)
	if cap(out) <= 4*blockSize { // a buffer for one huge record is not retained
		d.out = out
	}
	if _, err := d.file.WriteAt(out, d.end); err != nil {
		return err
	}
	if head > 0 {
		d.add(frameOf(out), names)
	}
	d.add(frameOf(out[head:]), nil)
	return nil
}

// tell calls notify when writing stops or resumes, until the journal is closed. It runs
// in its own goroutine, so that notify may append a record.
func (j *Journal) tell() {
	var told error
	for range j.w.changed {
		j.mu.Lock()
		n := Notice{Err: j.w.fault, Lost: j.lost}
		j.mu.Unlock()
		if (n.Err == nil) != (told == nil) {
			told = n.Err
			if j.w.notify != nil {
				j.w.notify(n)
			}
		}
	}
}

// Close writes what is not written yet, completes the file and closes it, so that it
// can be removed. A run without records leaves no file. Close returns why records could
// not be written, and blocks as long as the disk does. Records that are appended later
// stay in memory; records that are not in memory can no longer be read. A Journal
// without a file need not be closed.
func (j *Journal) Close() error {
	if j.w == nil {
		return nil
	}
	j.w.close.Do(func() { j.w.err = j.finish() })
	return j.w.err
}

func (j *Journal) finish() error {
	w := j.w
	close(w.closing)
	w.work.Wait()

	j.mu.Lock()
	var unwritten int64
	for _, b := range j.tail[j.written:] {
		unwritten += int64(len(b.ends))
	}
	err := w.fault
	j.mu.Unlock()

	if w.disk.records > 0 {
		if finishErr := w.disk.finish(); err == nil {
			err = finishErr
		}
	} else {
		w.remove()
	}
	if closeErr := w.disk.file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("journal: %d records not written: %w", unwritten, err)
	}
	return nil
}
