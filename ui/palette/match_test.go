package palette

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryWordMustOccurInAnyOrderAndCase(t *testing.T) {
	names, others := []string{"save log as…", "保存日志…"}, []string{"ctrl+s", "file", "文件"}
	for query, want := range map[string]bool{
		"":             true,
		"  ":           true,
		"save":         true,
		"LOG save":     true,
		"av":           true,
		"保存":           true,
		"日志 保存":        true,
		"日志　file":      true, // an ideographic space
		"ctrl+s":       true,
		"save 文件":      true,
		"saves":        false,
		"save open":    false,
		"保日":           false,
		"savelog":      false,
		"save log as…": true,
	} {
		if _, ok := match(folded(query), names, others); ok != want {
			t.Errorf("%q matches: %v", query, ok)
		}
	}
}

func TestABeginningRanksBeforeAWordAndAWordBeforeItsMiddle(t *testing.T) {
	var ranks []int
	for _, name := range []string{"send", "re-send", "server › send", "resend and send", "resend", "other"} {
		ranks = append(ranks, rankOf("send", name))
	}
	if want := []int{beginRank, wordRank, wordRank, wordRank, insideRank, noRank}; !slices.Equal(ranks, want) {
		t.Errorf("%v, want %v", ranks, want)
	}
	if rank, ok := match("send", []string{"resend", "send"}, []string{"send"}); rank != beginRank || !ok {
		t.Errorf("the best text does not count: %d", rank)
	}
	if rank, ok := match("send", []string{"x"}, []string{"send"}); rank != otherRank || !ok {
		t.Errorf("another text counts as much as a name: %d", rank)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("save log", "Save log as…", "保存日志…")
	f.Add("日 Ctrl", "Ctrl+S", "\xff日")
	f.Add("İ ı", "İstanbul", "ſ")
	f.Fuzz(func(t *testing.T, query, name, other string) {
		texts := []string{folded(name), folded(other)}
		names, others := texts[:1], texts[1:]
		words := strings.Fields(folded(query))
		rank, ok := match(folded(query), names, others)
		everywhere := true
		for _, w := range words {
			everywhere = everywhere && (strings.Contains(texts[0], w) || strings.Contains(texts[1], w))
		}
		if ok != everywhere || rank < 0 || rank > otherRank*len(words) {
			t.Errorf("%q in %q matches: %v with rank %d", query, texts, ok, rank)
		}
		slices.Reverse(words)
		if again, also := match(strings.Join(words, "\t"), names, others); again != rank || also != ok {
			t.Errorf("%q backwards: %v with rank %d, not %v with %d", query, also, again, ok, rank)
		}
		if _, ok := match(folded(name+" "+other), names, others); !ok {
			t.Errorf("%q does not match its own words", texts)
		}
	})
}
