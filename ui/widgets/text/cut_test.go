package text

import (
	"strings"
	"testing"
)

// cutText returns text with an ellipsis for what is left out.
func cutText(text string, from, to int) string {
	if from == to {
		return text
	}
	return text[:from] + "…" + text[to:]
}

func TestCutKeepsTheSideThatDiffers(t *testing.T) {
	for _, tt := range []struct {
		cut   Cut
		text  string
		limit int
		want  string
	}{
		{CutEnd, "9f3a.demo.1-307", 8, "9f3a.de…"},
		{CutMiddle, "9f3a.demo.1-307", 9, "9f3a…-307"},
		{CutLeft, "9f3a.demo.1-307", 6, "…1-307"},
		{CutLeft, "9f3a.demo.1-307", 15, "9f3a.demo.1-307"},
		{CutLeft, "订阅成功你好", 6, "…你好"},
		{CutMiddle, "订阅成功你好", 8, "订…你好"},
		{CutLeft, "ab", 1, "…"},
		{CutLeft, "ab", 0, "…"},
		{CutMiddle, "", 0, ""},
		{CutLeft, "e\u0301e\u0301e\u0301e\u0301", 3, "…e\u0301e\u0301"},
		{CutLeft, "x" + strings.Repeat("订阅 ", 1<<18) + "end", 5, "… end"},
		{CutMiddle, "begin" + strings.Repeat("订阅 ", 1<<18) + "end", 9, "begi… end"},
	} {
		from, to := tt.cut.Omitted(tt.text, tt.limit)
		if got := cutText(tt.text, from, to); got != tt.want {
			t.Errorf("%d of %.20q in %d cells: %q, want %q", tt.cut, tt.text, tt.limit, got, tt.want)
		}
	}
}

func TestSentenceIsNotCutBeforeItsReason(t *testing.T) {
	const (
		text = "Subscribing to http://127.0.0.1:9/a/long/path failed: nothing is listening there"
		at   = "http://127.0.0.1:9/a/long/path"
	)
	begin := strings.Index(text, at)
	spare := [2]int{begin, begin + len(at)}
	for _, tt := range []struct {
		limit int
		spare [2]int
		want  string
	}{
		{100, spare, text},
		{62, spare, "Subscribing to http:/…/path failed: nothing is listening there"},
		{51, spare, "Subscribing to … failed: nothing is listening there"},
		{50, spare, "Subscribing to… failed: nothing is listening there"},
		{40, spare, "Subs… failed: nothing is listening there"},
		{20, spare, "Subs…listening there"},
		{50, [2]int{}, "Subscribing to h…ailed: nothing is listening there"},
		{50, [2]int{40, 9999}, "Subscribing to h…ailed: nothing is listening there"},
	} {
		from, to := Shortened(text, tt.limit, tt.spare)
		if got := cutText(text, from, to); got != tt.want || Cells(got) > tt.limit {
			t.Errorf("%d cells: %q, want %q", tt.limit, got, tt.want)
		}
	}
}
