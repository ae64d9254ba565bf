package ui

// A DisplayError says why no window can be opened on this machine, in one
// sentence for the person who started the program: what is missing, and what
// to do about it.
type DisplayError struct {
	Missing string
	Remedy  string
}

func (e *DisplayError) Error() string {
	return "the window needs " + e.Missing + "; " + e.Remedy
}
