package system

import "errors"

// ErrNoBus says that the session has no bus on which the desktop could be asked.
var ErrNoBus = errors.New("system: no D-Bus")
