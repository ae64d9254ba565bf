//go:build e2e

package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pacePage serves a page that shows every message, like the demo's page with
// EventSource, either by appending an element or by adding to innerHTML. The page
// reports the time from subscribing to the frame after the last message.
func pacePage(w http.ResponseWriter, r *http.Request) {
	show := "const p = document.createElement('div'); p.textContent = e.data; log.append(p);"
	if r.FormValue("how") == "innerHTML" {
		show = "log.innerHTML += e.data + '<br/>';"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><title>EventSource</title><div id="log"></div><script>
		const log = document.getElementById("log"), began = performance.now();
		const source = new EventSource("/demo/sse/subscribe?clientId=demo&n=%s");
		source.onmessage = e => { %s };
		source.addEventListener("done", () => requestAnimationFrame(() => requestAnimationFrame(() =>
			fetch("%s?ms=" + (performance.now() - began), {mode: "no-cors"}))));
	</script>`, r.FormValue("n"), show, r.FormValue("report"))
}

// TestEndToEndCompareWithAPageInChromium measures how long it takes until the last of
// many events is visible, and how much memory that takes, in a page in Chromium and in
// this window. SSECONSOLE_COMPARE is the number of events (make bench: 100000).
func TestEndToEndCompareWithAPageInChromium(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SSECONSOLE_COMPARE"))
	if n == 0 {
		t.Skip("SSECONSOLE_COMPARE is not set: a measurement, not a test")
	}
	base := startPace(t)
	for _, how := range []string{"append", "innerHTML"} {
		took, mb := inChromium(t, base, how, n)
		t.Logf("%d events, Chromium, a page that shows them by %s: %v, %d MB", n, how, took, mb)
	}

	d := open(t, "")
	before := residentMB(t, os.Getpid())
	d.key("ctrl+r")
	d.typed(fmt.Sprintf("%s?n=%d", base, n))
	d.key("Return")
	began := time.Now()
	d.x("key", "ctrl+u")
	d.until("the last row is on screen", func() bool {
		rows := d.w.log.Len()
		return rows > int64(n) && d.w.log.View.Following() && cellWith(d.w.log.Row(rows-1), "done")
	})
	t.Logf("%d events, this window: %v, %d MB (%d MB before)", n, time.Since(began), residentMB(t, os.Getpid()), before)
}

// inChromium returns how long the page took, or 0 if more than three minutes, and the
// memory of all processes of the browser.
func inChromium(t *testing.T, base, how string, n int) (took time.Duration, mb int64) {
	t.Helper()
	reports := make(chan string, 1)
	report := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if ms := r.FormValue("ms"); ms != "" {
			reports <- ms
		}
	}))
	defer report.Close()
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(profile)
	page := fmt.Sprintf("%s/page?how=%s&n=%d&report=%s", strings.TrimSuffix(base, "/demo/sse"), how, n, report.URL)
	browser := exec.Command("chromium", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+profile, page)
	browser.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = syscall.Kill(-browser.Process.Pid, syscall.SIGKILL)
		_ = browser.Wait()
	}()
	select {
	case ms := <-reports:
		f, _ := strconv.ParseFloat(ms, 64)
		took = time.Duration(f * float64(time.Millisecond)).Round(time.Millisecond)
	case <-time.After(3 * time.Minute):
	}
	processes, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, p := range processes {
		if line, _ := os.ReadFile(p); strings.Contains(string(line), profile) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(p)))
			mb += memoryMB(t, pid, "Pss:") // counts memory shared by the processes once
		}
	}
	return took, mb
}
