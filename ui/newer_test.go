package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// inBoth are the words that a text must have, by the language.
type inBoth map[string]string

func TestTheWindowSaysWhatOfANewerFileIsNotShown(t *testing.T) {
	for language, want := range (inBoth{
		catalogue.English: "written by a newer version; not shown: 2 records of unknown kinds · 1 unknown field",
		catalogue.Chinese: "由更新的版本写入，以下内容未显示：2 条未知类型的记录 · 1 个未知字段",
	}) {
		w := testWindow(t, settings.Settings{Language: language})
		done := queued(t, w)
		path := filepath.Join(t.TempDir(), "newer.ndjson")
		if err := os.WriteFile(path, []byte("{\"kind\":\"event\",\"price\":1}\n{\"kind\":\"surprise\"}\n{\"kind\":\"surprise\"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.history.OpenFile(path)
		done()
		w.refresh()
		if got := w.history.Banner.Text.Text; !strings.Contains(got, want) || w.log.Len() != 1 {
			t.Errorf("%d rows, the banner says %q, want %q", w.log.Len(), got, want)
		}
	}
}
