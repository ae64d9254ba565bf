//go:build !ci && (linux || freebsd || netbsd || openbsd)

package ui

import (
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
)

const (
	// displayTimeout leaves a second for the start of the program, so that an error is
	// shown within 5 seconds.
	displayTimeout = 4 * time.Second
	// frameTimeout is long, because the machine may just be busy.
	frameTimeout = 20 * time.Second
)

// checkDisplay opens and closes an invisible window in the way in which Fyne opens the
// visible one, because Fyne panics without a display and hangs without OpenGL. It
// returns a *DisplayError if that fails or takes more than 4 seconds.
//
// It must be called before Fyne starts, and shown when the window is visible. If shown
// is not called within 20 seconds, the display has stopped responding, and the program
// exits: nothing else can interrupt a UI thread that waits inside Xlib.
func checkDisplay() (shown func(), err error) {
	// A display at an address that drops packets blocks for minutes. Unlike other
	// systems, X11 lets any thread open windows, so a blocked one can be abandoned.
	result := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		result <- openHiddenWindow()
	}()
	select {
	case err = <-result:
	case <-time.After(displayTimeout):
		err = noDisplay(fmt.Sprintf("does not answer within %v", displayTimeout))
	}
	if err != nil {
		return nil, err
	}
	watchdog := time.AfterFunc(frameTimeout, func() {
		fmt.Fprintln(os.Stderr, "sseconsole:", noDisplay(fmt.Sprintf("showed no window within %v", frameTimeout)))
		os.Exit(1)
	})
	return func() { watchdog.Stop() }, nil
}

func openHiddenWindow() (err error) {
	// GLFW's binding panics on some errors and logs others.
	defer func() {
		if r := recover(); r != nil {
			err = noOpenGL(r)
		}
	}()
	log.SetOutput(io.Discard)
	defer log.SetOutput(os.Stderr)

	if err := glfw.Init(); err != nil {
		return noDisplay("does not answer")
	}
	defer glfw.Terminate()

	glfw.WindowHint(glfw.Visible, glfw.False)
	if runtime.GOARCH == "arm" || runtime.GOARCH == "arm64" { // Fyne uses OpenGL ES there
		glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI)
		glfw.WindowHint(glfw.ContextVersionMajor, 2)
		glfw.WindowHint(glfw.ContextVersionMinor, 0)
	} else {
		glfw.WindowHint(glfw.ContextVersionMajor, 2)
		glfw.WindowHint(glfw.ContextVersionMinor, 1)
	}
	window, err := glfw.CreateWindow(16, 16, "", nil, nil)
	if err != nil {
		return noOpenGL(err)
	}
	if window == nil {
		return noOpenGL("no window")
	}
	window.Destroy()
	return nil
}

func noDisplay(what string) error {
	missing := "a display, and DISPLAY is not set"
	if name := os.Getenv("DISPLAY"); name != "" {
		missing = fmt.Sprintf("a display, and the one in DISPLAY (%s) %s", name, what)
	}
	return &DisplayError{
		Missing: missing,
		Remedy:  "start it from a desktop, or use `sseconsole serve`, which needs no display",
	}
}

func noOpenGL(cause any) error {
	return &DisplayError{
		Missing: fmt.Sprintf("OpenGL 2.1, which the display %s does not offer (%v)", os.Getenv("DISPLAY"), cause),
		Remedy:  "install a driver for it, such as Debian's libgl1-mesa-dri, or use another display",
	}
}
