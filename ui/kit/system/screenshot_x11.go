//go:build !ci && (linux || freebsd || netbsd || openbsd)

package system

import (
	"fmt"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Screenshot returns what the X server shows of a window. Fyne's own Capture reads a
// buffer that stays black under software rendering. It must be called on the UI
// thread.
func Screenshot(w fyne.Window) (image.Image, error) {
	var id xproto.Drawable
	w.(driver.NativeWindow).RunNative(func(context any) {
		id = xproto.Drawable(context.(driver.X11WindowContext).WindowHandle)
	})
	xgb.Logger.SetOutput(io.Discard) // errors are returned as well
	x, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("system: screenshot: %w", err)
	}
	defer x.Close()
	size, err := xproto.GetGeometry(x, id).Reply()
	if err != nil {
		return nil, fmt.Errorf("system: screenshot: %w", err)
	}
	const everyPlane = 0xffffffff
	shot, err := xproto.GetImage(x, xproto.ImageFormatZPixmap, id, 0, 0, size.Width, size.Height, everyPlane).Reply()
	if err != nil {
		return nil, fmt.Errorf("system: screenshot: %w", err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, int(size.Width), int(size.Height)))
	if len(shot.Data) < len(picture.Pix) {
		return nil, fmt.Errorf("system: screenshot: the display has %d bits per pixel, not 24 or 32", shot.Depth)
	}
	for i := 0; i < len(picture.Pix); i += 4 { // from BGRX
		picture.Pix[i], picture.Pix[i+1], picture.Pix[i+2], picture.Pix[i+3] = shot.Data[i+2], shot.Data[i+1], shot.Data[i], 0xff
	}
	return picture, nil
}
