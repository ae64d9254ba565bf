package wording

import (
	"errors"
	"fmt"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/regularfile"
	"sseconsole/ui/wording/catalogue"
)

func TestWhatIsWrongWithATargetIsWordedWithoutAForm(t *testing.T) {
	problem := &endpoint.Problem{Field: "subscribe.url\x1b", Code: endpoint.Undefined, Value: "{{base}}"}
	for _, c := range []struct {
		err    error
		en, zh string
	}{
		{endpoint.Problems{problem}, `subscribe.url\x1b: There is no variable {{base}}.`, `subscribe.url\x1b：没有名为 {{base}} 的变量。`},
		{fmt.Errorf("client: %w", problem), `subscribe.url\x1b: There is no variable {{base}}.`, `subscribe.url\x1b：没有名为 {{base}} 的变量。`},
		{
			&endpoint.FileError{Line: 2, Column: 11, Problem: endpoint.Problem{Field: "targets\x1b", Code: endpoint.WrongType}},
			"the saved targets cannot be read: Line 2, column 11, targets\\x1b: Wrong type of value. Nothing was changed.",
			"无法读取已保存的目标：第 2 行第 11 列，targets\\x1b：值的类型不对。未做任何更改。",
		},
		{
			&regularfile.Error{Kind: regularfile.FIFO},
			"the saved targets cannot be read: File not read: it is a named pipe, not a regular file.",
			"无法读取已保存的目标：未读取该文件：它是命名管道，不是普通文件。",
		},
		{errors.New("no home"), "no home", "no home"},
	} {
		if got := New(catalogue.English).CallError(c.err).Error(); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := New(catalogue.Chinese).CallError(c.err).Error(); got != c.zh {
			t.Errorf("%q, want %q", got, c.zh)
		}
	}
}
