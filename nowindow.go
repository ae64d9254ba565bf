//go:build headless

package main

import (
	"context"
	"errors"
	"io"
)

func openWindow(context.Context, string, io.Writer) error {
	return errors.New("this program was built without the window; use `sseconsole serve`, or see `sseconsole help`")
}
