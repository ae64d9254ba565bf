package eventstream

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/tmaxmax/go-sse"
)

// BenchmarkDecode reads the same 16 MiB with this decoder and with go-sse.
func BenchmarkDecode(b *testing.B) {
	for _, input := range []struct{ name, event string }{
		{"tiny", "data: hello world!\n\n"},
		{"json1KiB", "data: {" + strings.Repeat(`"k":"0123456789",`, 60) + "}\n\n"},
		{"lines", strings.Repeat("data: "+strings.Repeat("x", 100)+"\n", 10) + "\n"},
		{"typedWithID", "event: tick\nid: 123456\ndata: {\"price\":12.5}\n\n"},
	} {
		stream := bytes.Repeat([]byte(input.event), 16<<20/len(input.event))
		events := len(stream) / len(input.event)
		b.Run(input.name+"/ours", func(b *testing.B) {
			b.SetBytes(int64(len(stream)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				d := Decoder{Handle: func(i *Item) { n++ }}
				writeChunks(&d, stream, 32<<10)
				if n != events {
					b.Fatal(n)
				}
			}
		})
		b.Run(input.name+"/go-sse", func(b *testing.B) {
			b.SetBytes(int64(len(stream)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range sse.Read(bytes.NewReader(stream), nil) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != events {
					b.Fatal(n)
				}
			}
		})
	}
}

// BenchmarkLargeEvent shows that the cost per byte does not grow with the size of
// the event.
func BenchmarkLargeEvent(b *testing.B) {
	for _, mib := range []int{16, 32, 64} {
		for _, chunk := range []int{1 << 10, 32 << 10} {
			b.Run(fmt.Sprintf("%dMiB/chunks%dKiB", mib, chunk>>10), func(b *testing.B) {
				stream := []byte("data: " + strings.Repeat("x", mib<<20) + "\n\n")
				b.SetBytes(int64(len(stream)))
				b.ReportAllocs()
				for b.Loop() {
					writeChunks(&Decoder{Handle: func(*Item) {}}, stream, chunk)
				}
			})
		}
	}
}

func writeChunks(d *Decoder, stream []byte, size int) {
	for len(stream) > 0 {
		n := min(size, len(stream))
		d.Write(stream[:n])
		stream = stream[n:]
	}
	d.End()
}
