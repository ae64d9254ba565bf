package server

import (
	"net"
	"strings"
	"testing"
)

func TestBaseURLsNameAddressesThatCanBeCalled(t *testing.T) {
	tests := []struct{ listening, token, first string }{
		{"127.0.0.1:8080", "", "http://127.0.0.1:8080/demo/sse"},
		{"[::1]:8080", "", "http://[::1]:8080/demo/sse"},
		{"0.0.0.0:8080", "T", "http://127.0.0.1:8080/demo/sse?token=T"},
		{"[::]:8080", "", "http://127.0.0.1:8080/demo/sse"},
		{"10.0.0.7:80", "", "http://10.0.0.7:80/demo/sse"},
	}
	for _, tt := range tests {
		addr, err := net.ResolveTCPAddr("tcp", tt.listening)
		if err != nil {
			t.Fatal(err)
		}
		urls := BaseURLs(addr, tt.token)
		if urls[0] != tt.first {
			t.Errorf("%s: first is %s, want %s", tt.listening, urls[0], tt.first)
		}
		second := strings.Replace(tt.first, "/demo/sse", "/smilex/open/sse", 1)
		if urls[1] != second {
			t.Errorf("%s: second is %s, want %s", tt.listening, urls[1], second)
		}
		for _, u := range urls {
			if strings.Contains(u, "0.0.0.0") || strings.Contains(u, "[::]") {
				t.Errorf("%s: nobody can call %s", tt.listening, u)
			}
		}
	}
}
