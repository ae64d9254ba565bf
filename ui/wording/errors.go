package wording

import (
	"errors"

	"sseconsole/client/endpoint/secret"
	"sseconsole/client/filter"
)

// FilterError says what is wrong with a filter.
func (w Words) FilterError(line string, err error) string {
	var wrong *filter.ParseError
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	return w.T("filter.error."+string(wrong.Code),
		"Part", line[wrong.From:wrong.To], "Detail", wrong.Detail, "Kinds", w.List(filter.Kinds()...))
}

// NoKeyring says why no keyring is available.
func (w Words) NoKeyring(why error) string {
	switch {
	case errors.Is(why, secret.ErrNoService):
		return w.T("manager.no_service")
	case errors.Is(why, secret.ErrNoAnswer):
		return w.T("manager.no_answer")
	}
	return w.T("manager.no_bus")
}
