package inside

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"
)

// file returns a picture as a file.
func file(t testing.TB, format string, width, height int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.RGBA{200, 0, 0, 255}})
	var out bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&out, img)
	case "jpeg":
		err = jpeg.Encode(&out, img, nil)
	case "gif":
		err = gif.Encode(&out, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func dataURL(format string, file []byte) string {
	return "data:image/" + format + ";base64," + base64.StdEncoding.EncodeToString(file)
}

func TestPicturesAreDecoded(t *testing.T) {
	for _, format := range []string{"png", "jpeg", "gif"} {
		f := file(t, format, 30, 20)
		p, err := DecodePicture(t.Context(), dataURL(format, f))
		if err != nil || p.Type != "image/"+format || p.Bytes != len(f) || p.Width != 30 || p.Height != 20 || p.Image.Bounds().Dx() != 30 {
			t.Errorf("%s: %+v, %v", format, p, err)
		}
	}
	percent := strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(dataURL("png", file(t, "png", 5, 5)))
	if p, err := DecodePicture(t.Context(), "DATA:"+strings.Replace(percent, "%2F", "/", 1)[5:]); err != nil || p.Width != 5 {
		t.Errorf("with percent signs: %+v, %v", p, err)
	}
	if p, err := DecodePicture(t.Context(), dataURL("png", file(t, "png", 3000, 10))); err != nil || p.Width != 3000 || p.Image.Bounds().Dx() != MaxSide {
		t.Errorf("wide: %+v, %v", p.Width, err)
	}
}

// claiming returns a PNG of a few bytes whose header claims a size.
func claiming(width, height uint32) []byte {
	header := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	header = append(header, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, header...), crc32.ChecksumIEEE(header))
}

func TestHostilePicturesAreRefusedBeforeTheyAreDecoded(t *testing.T) {
	for _, c := range []struct {
		name, url string
		want      error
	}{
		{"huge", dataURL("png", claiming(1<<20, 1<<20)), ErrTooLarge},
		{"a size that overflows", dataURL("png", claiming(1<<31-1, 1<<31-1)), ErrBroken},
		{"many bytes", "data:image/png;base64," + strings.Repeat("A", 4*MaxBytes), ErrTooLarge},
		{"cut off", dataURL("png", file(t, "png", 30, 20)[:60]), ErrBroken},
		{"SVG", "data:image/svg+xml,<svg onload='fetch(\"http://127.0.0.1/\")'/>", ErrFormat},
		{"a page", dataURL("png", []byte("<html>")), ErrFormat},
		{"not base64", "data:image/png;base64,****", ErrBroken},
		{"no data", "data:image/png", ErrBroken},
		{"a bad escape", "data:image/png;base64,%zz", ErrBroken},
	} {
		if p, err := DecodePicture(t.Context(), c.url); !errors.Is(err, c.want) && !(c.want == ErrBroken && errors.Is(err, ErrTooLarge)) || p.Image != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := DecodePicture(ctx, dataURL("jpeg", file(t, "jpeg", 300, 300))); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func TestTokensAreParsed(t *testing.T) {
	encode := base64.RawURLEncoding.EncodeToString
	const header = `{"alg":"HS256","typ":"JWT"}`
	claims := `{"sub":"a","iat":1767225600,"exp":1767229200.5,"nbf":"soon","auth_time":1e300,"exp2":1}`
	token := encode([]byte(header)) + "." + encode([]byte(claims)) + "." + encode([]byte("signature"))
	for _, s := range []string{token, "Bearer " + token, "bearer " + token, token[:strings.LastIndex(token, ".")+1]} {
		got, ok := ParseToken(s)
		if !ok || !IsToken(s) || got.Header != header || got.Claims != claims || len(got.Times) != 2 {
			t.Fatalf("%s: %+v, %v", s, got, ok)
		}
		if got.Times[0].Claim != "iat" || !got.Times[0].At.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) || got.Times[1].At.Nanosecond() != 5e8 {
			t.Errorf("times %v", got.Times)
		}
	}
	for _, s := range []string{"", "eyJ", "a.b.c", "1.2.3", encode([]byte(header)) + ".x.y", encode([]byte("{}")) + "." + encode([]byte(claims)) + ".",
		encode([]byte(header)) + "." + encode([]byte("[]")) + ".", token + ".x", token + "!", strings.Repeat("a", MaxToken) + token} {
		if got, ok := ParseToken(s); ok {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

func FuzzToken(f *testing.F) {
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Fuzz(func(t *testing.T, s string) {
		if token, ok := ParseToken(s); ok && (token.Header == "" || token.Claims == "") {
			t.Errorf("%q: %+v", s, token)
		}
	})
}
