package ui

// A DisplayError says in one sentence for the user why no window can be opened: what
// is missing and what to do about it.
type DisplayError struct {
	Missing string
	Remedy  string
}

func (e *DisplayError) Error() string {
	return "the window needs " + e.Missing + "; " + e.Remedy
}
