package kit

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"

	"sseconsole/client/visible"
)

// ToastSaved answers the saving of a file. The toast's button opens its folder.
func (k *Kit) ToastSaved(text, path string) {
	k.Toast(text, k.T("toast.open_folder"), func() { k.OpenFolder(path) })
}

// OpenFolder shows the folder of a file in the system's file manager. If that fails, a
// toast says why.
func (k *Kit) OpenFolder(path string) {
	k.Work(func() {
		if err := openFolder(path); err != nil {
			k.Post(func() {
				k.Toast(k.T("toast.no_folder", "Folder", filepath.Dir(path), "Detail", visible.Line(err.Error())), "", nil)
			})
		}
	})
}

// openFolder asks the system to show the folder of a file. It blocks until the system has
// answered, on some systems until the file manager ends.
func openFolder(path string) error {
	cmd := exec.Command("xdg-open", filepath.Dir(path))
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", "-R", path)
	case "windows":
		cmd = exec.Command("explorer", "/select,"+path)
	}
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		if runtime.GOOS == "windows" {
			return nil // Explorer ends with 1 even if it works
		}
		return fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	return err
}
