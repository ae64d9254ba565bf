package endpoint

import (
	"fmt"
	"os"
	"path/filepath"
)

// DefaultPath returns the path of the current user's targets.
func DefaultPath() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("target: no configuration directory: %w", err)
	}
	return filepath.Join(dir, "sse-console", "targets.json"), nil
}

// SecretsBeside returns the path of the file that stores the secrets of the
// targets at path if there is no keyring.
func SecretsBeside(path string) string { return filepath.Join(filepath.Dir(path), "secrets.json") }
