package fault_test

import (
	"strings"
	"testing"

	"sseconsole/server/fault"
)

func TestAFaultIsReadAsItIsWritten(t *testing.T) {
	for _, line := range []string{
		"crlf", "cut-after-events client=alice next=3 n=5", `delay-events client="a b" share=0.25 delay=100ms jitter=1s`,
		"status next=1 status=429 retry-after=2s",
	} {
		f, err := fault.Parse(line)
		if err != nil || f.String() != line {
			t.Errorf("%q becomes %q: %v", line, f, err)
		}
	}
	if _, err := fault.Parse("cut-after-events n=x"); err == nil || !strings.Contains(err.Error(), "n=x") {
		t.Errorf("the error does not name what is wrong: %v", err)
	}
}
