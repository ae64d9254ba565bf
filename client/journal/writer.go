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
	flushEvery = 100 * time.Millisecond // so long a record waits for others before it is written
	retryEvery = time.Second            // between attempts to write to a file that cannot be written
	buffer     = 32 << 20               // bytes that may wait for a slow disk
	pruneEvery = 1 << 30                // bytes written between two looks at what is too old
)

// Notice says what became of writing. Either it stopped, or it goes on.
type Notice struct {
	Err  error // why the file cannot be written; nil if it is written again
	Lost int64 // records so far that could not be kept, see Journal.Lost
}

// writer is what a Journal with a file has beside one without. Its fields below
// room are guarded by the journal's mu.
type writer struct {
	disk    *disk
	path    string // of its file
	started time.Time
	notify  func(Notice) // may be nil
	prune   func()       // lets go of old runs
	remove  func()       // removes the file

	opened  chan struct{} // a block was begun
	sealed  chan struct{} // a block is full
	changed chan struct{} // fault came or went
	closing chan struct{}
	close   sync.Once
	work    sync.WaitGroup

	room    *sync.Cond // less is waiting
	waiting int64      // cost of the full blocks that are not in the file
	busy    bool       // the first of them is being written
	fault   error      // why the last attempt to write failed
	closed  bool       // nothing is written any more
	err     error      // of Close
}

// start lets j write to the file of w from now on. Both are new.
func (j *Journal) start(w *writer) {
	w.opened, w.sealed, w.changed = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	w.closing = make(chan struct{})
	w.room = sync.NewCond(&j.mu)
	j.w = w
	w.work.Go(w.prune)
	w.work.Go(j.tell)
	w.work.Go(j.run)
}

// wake lets the goroutine that waits for c look, now or when it is back.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// healthy reports whether what waits will soon be in the file.
func (w *writer) healthy() bool { return w.fault == nil && !w.closed }

// crowded reports whether an appender has to wait.
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
			j.seal() // which wakes us
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

// flush writes the blocks that wait now, the oldest first, and reports whether
// it could. What is sealed meanwhile wakes the writer again.
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

// ErrRemoved says that somebody removed a journal's file. What is in it can be read
// for as long as the journal is open, and is gone with it.
var ErrRemoved = errors.New("journal: the file was removed")

// missing returns ErrRemoved if the file is no longer where it was: what is
// written to it would be gone in the end, without any other sign.
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

// write appends b to the file, with names of targets that are new. What a
// failed attempt leaves behind is written over by the next.
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
	if cap(out) <= 4*blockSize { // one huge record is no reason to keep as much
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

// tell passes on that writing stopped or goes on, until the journal is closed.
// It has a goroutine of its own, so that the owner may append a record of it.
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

// Close writes what is not written yet, completes the file and lets go of it,
// so that it can be removed. A run without records leaves no file. It returns
// why records could not be written, and blocks as long as the disk does. What
// is appended meanwhile or later stays in memory, and what is not in memory
// cannot be read any more. A Journal without a file needs no Close.
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
