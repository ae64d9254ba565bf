//go:build !unix

package server_test

import "errors"

func limitFiles(int) error { return errors.New("not on this system") }
