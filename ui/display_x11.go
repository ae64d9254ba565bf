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
	// displayTimeout leaves the rest of 5 seconds to starting the program.
	displayTimeout = 4 * time.Second
	// frameTimeout is long, because a busy machine is no reason to give up.
	frameTimeout = 20 * time.Second
)

// checkDisplay opens and closes an invisible window as Fyne will open the
// visible one, because Fyne answers a missing display with a panic and a
// missing OpenGL with no window and no end. It returns a *DisplayError if that
// fails or takes more than 4 seconds. Call it before Fyne starts, and shown
// when the window is up: if that does not come within 20 seconds, the display
// has stopped answering, and the program ends, as nothing else can interrupt a
// UI thread that waits inside Xlib.
func checkDisplay() (shown func(), err error) {
	// A display at an address that swallows packets blocks for minutes. X11, unlike other systems,
	// lets any one thread open windows, so one that blocks can be left behind.
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
	// GLFW's binding panics for some of the failures, and logs others.
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
	if runtime.GOARCH == "arm" || runtime.GOARCH == "arm64" { // where Fyne draws with OpenGL ES
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
		missing = fmt.Sprintf("a display, and the one that DISPLAY names (%s) %s", name, what)
	}
	return &DisplayError{
		Missing: missing,
		Remedy:  "start it from a desktop, or use `sseconsole serve`, which needs none",
	}
}

func noOpenGL(cause any) error {
	return &DisplayError{
		Missing: fmt.Sprintf("OpenGL 2.1, which the display %s does not offer (%v)", os.Getenv("DISPLAY"), cause),
		Remedy:  "install a driver for it, such as Debian's libgl1-mesa-dri, or use another display",
	}
}
