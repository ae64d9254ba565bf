package form

import (
	"errors"
	"syscall"

	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/file"
)

// listenError says why the embedded server cannot listen at an address.
func (f *Form) listenError(address string, err error) string {
	T := f.k.T
	switch {
	case errors.Is(err, embedded.ErrBadPort):
		return T("listen.bad_port", "Address", address)
	case errors.Is(err, embedded.ErrBadHost):
		return T("listen.bad_host", "Address", address)
	case errors.Is(err, syscall.EADDRINUSE):
		return T("listen.in_use", "Address", address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return T("listen.not_here", "Address", address)
	case errors.Is(err, syscall.EACCES):
		return T("listen.not_allowed", "Address", address)
	}
	return T("listen.failed", "Address", address, "Why", file.Reason(err))
}
