package inside

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/url"
	"strings"
	"time"

	"golang.org/x/image/draw"
)

// Bounds of [DecodePicture], checked before a picture is decoded.
const (
	MaxBytes  = 16 << 20 // of the file in the URL
	MaxPixels = 16 << 20 // 64 MiB while it is decoded
	MaxSide   = 1024     // of the result in pixels; a larger picture is scaled down
	mostTime  = 5 * time.Second
)

// Errors of [DecodePicture].
var (
	ErrTooLarge = errors.New("inside: picture too large")
	ErrFormat   = errors.New("inside: not a PNG, JPEG or GIF")
	ErrBroken   = errors.New("inside: broken picture")
)

// Picture is a picture in a data: URL.
type Picture struct {
	Type          string      // such as image/png
	Bytes         int         // size of the file
	Width, Height int         // in pixels, 0 if unknown
	Image         image.Image // scaled down to MaxSide; nil if there is an error
}

// IsPicture reports whether s looks like a data: URL of a picture. It reads a few bytes.
func IsPicture(s string) bool {
	const prefix = "data:image/"
	return len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// DecodePicture decodes the picture in a data: URL. Of an animated GIF it returns the first
// frame. The Picture has what is known even if there is an error, which is one of those
// above or the cause of ctx.
func DecodePicture(ctx context.Context, s string) (p Picture, err error) {
	head, data, ok := strings.Cut(s, ",")
	if !ok || !IsPicture(s) {
		return p, ErrBroken
	}
	mediaType, parameters, _ := strings.Cut(head[len("data:"):], ";")
	p.Type = strings.ToLower(mediaType)
	if len(data) > 3*MaxBytes {
		p.Bytes = len(data) / 4 * 3
		return p, ErrTooLarge
	}
	file, err := content(data, strings.HasSuffix(strings.ToLower(parameters), "base64"))
	if p.Bytes = len(file); err != nil {
		return p, ErrBroken
	}
	if len(file) > MaxBytes {
		return p, ErrTooLarge
	}
	size, decode, err := format(file)
	if err != nil {
		return p, err
	}
	p.Width, p.Height = size.Width, size.Height
	if p.Width <= 0 || p.Height <= 0 {
		return p, ErrBroken
	}
	if p.Width > MaxPixels/p.Height {
		return p, ErrTooLarge
	}
	ctx, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	whole, err := decode(&reader{ctx: ctx, file: bytes.NewReader(file)})
	switch {
	case ctx.Err() != nil:
		return p, context.Cause(ctx)
	case err != nil:
		return p, ErrBroken
	}
	p.Image = scaled(whole)
	return p, nil
}

// content returns the file that the data of a URL stands for.
func content(data string, isBase64 bool) ([]byte, error) {
	if strings.IndexByte(data, '%') >= 0 {
		plain, err := url.PathUnescape(data)
		if err != nil {
			return nil, err
		}
		data = plain
	}
	if !isBase64 {
		return []byte(data), nil
	}
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(data, "="))
}

// format returns the size of a picture and the function that decodes it. It goes by the
// file, not by the type that the URL claims.
func format(file []byte) (image.Config, func(io.Reader) (image.Image, error), error) {
	for magic, codec := range map[string]struct {
		config func(io.Reader) (image.Config, error)
		decode func(io.Reader) (image.Image, error)
	}{
		"\x89PNG":  {png.DecodeConfig, png.Decode},
		"\xff\xd8": {jpeg.DecodeConfig, jpeg.Decode},
		"GIF8":     {gif.DecodeConfig, gif.Decode},
	} {
		if bytes.HasPrefix(file, []byte(magic)) {
			size, err := codec.config(bytes.NewReader(file))
			if err != nil {
				err = ErrBroken
			}
			return size, codec.decode, err
		}
	}
	return image.Config{}, nil, ErrFormat
}

// reader ends early when ctx is done: a small JPEG may have very many scans.
type reader struct {
	ctx  context.Context
	file *bytes.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.file.Read(p[:min(len(p), 4<<10)])
}

// scaled returns a picture with sides of at most MaxSide.
func scaled(whole image.Image) image.Image {
	size := whole.Bounds().Size()
	most := max(size.X, size.Y)
	if most <= MaxSide {
		return whole
	}
	small := image.NewRGBA(image.Rect(0, 0, max(1, size.X*MaxSide/most), max(1, size.Y*MaxSide/most)))
	draw.ApproxBiLinear.Scale(small, small.Rect, whole, whole.Bounds(), draw.Src, nil)
	return small
}
