package secret

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sseconsole/client/endpoint"
)

func TestOnlyItsOwnerCanReadAFileOfSecrets(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "new", "secrets.json")
	f := NewFile(path)
	if _, err := f.Get(ctx, "a"); !errors.Is(err, endpoint.ErrNoSecret) {
		t.Errorf("without a secret: %v", err)
	}
	if err := f.Delete(ctx, "a"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("there is a file without a secret: %v", err)
	}
	if err := errors.Join(f.Set(ctx, "a", "订\x00阅"), f.Set(ctx, "b", "2"), f.Delete(ctx, "b")); err != nil {
		t.Error(err)
	}
	if v, err := NewFile(path).Get(ctx, "a"); err != nil || v != "订\x00阅" {
		t.Errorf("%q, %v", v, err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := f.Get(ctx, "a")
		if info, _ := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others can read it: %v, %v", info.Mode(), err)
		}
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Set(ctx, "a", "x"); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a broken file: %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "{" {
		t.Errorf("a broken file became %q", data)
	}
}

func TestTheKeyring(t *testing.T) {
	keyring.MockInit()
	ctx := t.Context()
	k := &Keyring{}
	if _, err := k.Get(ctx, "a"); !errors.Is(err, endpoint.ErrNoSecret) {
		t.Errorf("without a secret: %v", err)
	}
	if err := errors.Join(k.Delete(ctx, "a"), k.Set(ctx, "a", "1"), k.Set(ctx, "b", "2"), k.Delete(ctx, "b")); err != nil {
		t.Error(err)
	}
	if v, err := k.Get(ctx, "a"); err != nil || v != "1" {
		t.Errorf("%q, %v", v, err)
	}
	keyring.MockInitWithError(errors.New("locked"))
	if err := k.Set(ctx, "a", "1"); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("%v", err)
	}
}

func TestSecretsInTheFileAreFoundWithAKeyring(t *testing.T) {
	keyring.MockInit()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "secrets.json")
	file := NewFile(path)
	if err := file.Set(ctx, "a", "old"); err != nil {
		t.Fatal(err)
	}
	k := &Keeper{Kind: InKeyring, file: file, keyring: &Keyring{}}
	if v, err := k.Get(ctx, "a"); err != nil || v != "old" {
		t.Errorf("%q, %v", v, err)
	}
	if err := k.Set(ctx, "a", "new"); err != nil {
		t.Error(err)
	}
	if _, err := file.Get(ctx, "a"); !errors.Is(err, endpoint.ErrNoSecret) {
		t.Errorf("the old secret is still in the file: %v", err)
	}
	if err := k.Delete(ctx, "a"); err != nil {
		t.Error(err)
	}
	if _, err := k.Get(ctx, "a"); !errors.Is(err, endpoint.ErrNoSecret) {
		t.Errorf("the secret still exists: %v", err)
	}
}

func onDBus(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("keyrings use D-Bus only on Linux")
	}
}

func TestWithoutASessionBusTheFileIsUsed(t *testing.T) {
	onDBus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	k := Open(t.Context(), filepath.Join(t.TempDir(), "secrets.json"))
	if k.Kind != InFile || !errors.Is(k.Why, ErrNoBus) {
		t.Errorf("%+v", k)
	}
	if err := k.Set(t.Context(), "a", "b"); err != nil {
		t.Error(err)
	}
	if v, err := k.Get(t.Context(), "a"); err != nil || v != "b" {
		t.Errorf("%q, %v", v, err)
	}
}

func TestOpenDoesNotWaitForASilentBus(t *testing.T) {
	onDBus(t)
	socket := filepath.Join(t.TempDir(), "bus")
	silent, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+socket)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if k := Open(ctx, "x"); k.Kind != InFile || !errors.Is(k.Why, ErrNoAnswer) || !errors.Is(k.Why, context.DeadlineExceeded) {
		t.Errorf("%+v", k)
	}
}

func TestABusWithoutAKeyringIsReported(t *testing.T) {
	onDBus(t)
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("dbus-daemon must be installed")
		}
		t.Skip("dbus-daemon is not installed")
	}
	dir := t.TempDir()
	address := "unix:path=" + filepath.Join(dir, "bus")
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, []byte(`<busconfig><type>session</type><listen>`+address+
		`</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	if n, err := out.Read(make([]byte, 200)); n == 0 {
		t.Fatalf("the bus does not start: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := available(ctx); !errors.Is(err, ErrNoService) {
		t.Errorf("%v", err)
	}
}
