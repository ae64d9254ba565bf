package endpoint

import (
	"fmt"
	"os"
	"path/filepath"
)

// DefaultPath returns where the targets of the person who runs the program are
// kept.
func DefaultPath() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("target: no configuration directory: %w", err)
	}
	return filepath.Join(dir, "sse-console", "targets.json"), nil
}

// SecretsBeside returns where the secrets of the targets at path are kept when
// there is no keyring.
func SecretsBeside(path string) string { return filepath.Join(filepath.Dir(path), "secrets.json") }
