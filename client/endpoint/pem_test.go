package endpoint

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// issued returns a self-signed certificate and its key in PEM.
func issued(t *testing.T) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return block("CERTIFICATE", der), block("PRIVATE KEY", keyDER)
}

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func TestTheErrorSaysWhatIsWrongWithAPEMFile(t *testing.T) {
	cert, key := issued(t)
	_, otherKey := issued(t)
	dir := t.TempDir()
	file := func(name string, parts ...[]byte) string {
		var content []byte
		for _, p := range parts {
			content = append(content, p...)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := []byte("subject=CN = test\n")
	goodCert, goodKey := file("cert", text, cert), file("key", key)
	old := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"DEK-Info": "AES-128-CBC,00"}, Bytes: []byte("x")})
	for _, tt := range []struct {
		name  string
		c     Connection
		field string
		code  ProblemCode
	}{
		{"nothing", Connection{}, "", ""},
		{"an authority with text around it", Connection{CAFile: file("ca", text, cert, text)}, "", ""},
		{"a pair", Connection{CertFile: goodCert, KeyFile: goodKey}, "", ""},
		{"a pair in one file", Connection{CertFile: file("both", key, cert), KeyFile: file("both", key, cert)}, "", ""},
		{"a missing file", Connection{CAFile: filepath.Join(dir, "none")}, "ca_file", PEMUnread},
		{"a directory", Connection{CAFile: dir}, "ca_file", PEMUnread},
		{"an empty file", Connection{CAFile: file("empty")}, "ca_file", PEMNoCert},
		{"DER", Connection{CAFile: file("der", []byte{0x30, 0x82})}, "ca_file", PEMNoCert},
		{"a key for an authority", Connection{CAFile: goodKey}, "ca_file", PEMNoCert},
		{"a broken authority", Connection{CAFile: file("broken", block("CERTIFICATE", []byte("x")))}, "ca_file", PEMBroken},
		{"a broken certificate", Connection{CertFile: file("broken", block("CERTIFICATE", []byte("x"))), KeyFile: goodKey}, "cert_file", PEMBroken},
		{"a truncated certificate", Connection{CertFile: file("cut", cert[:len(cert)/2]), KeyFile: goodKey}, "cert_file", PEMNoCert},
		{"key and certificate swapped", Connection{CertFile: goodKey, KeyFile: goodCert}, "cert_file", PEMNoCert},
		{"a certificate for a key", Connection{CertFile: goodCert, KeyFile: goodCert}, "key_file", PEMNoKey},
		{"no key", Connection{CertFile: goodCert}, "key_file", KeyMissing},
		{"no certificate", Connection{KeyFile: goodKey}, "cert_file", CertMissing},
		{"an encrypted key", Connection{CertFile: goodCert, KeyFile: file("enc", block("ENCRYPTED PRIVATE KEY", []byte("x")))}, "key_file", PEMEncrypted},
		{"a key in the old encrypted format", Connection{CertFile: goodCert, KeyFile: file("old", old)}, "key_file", PEMEncrypted},
		{"a broken key", Connection{CertFile: goodCert, KeyFile: file("bad", block("PRIVATE KEY", []byte("x")))}, "key_file", PEMBroken},
		{"the key of another certificate", Connection{CertFile: goodCert, KeyFile: file("other", otherKey)}, "key_file", PEMMismatch},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config, err := tt.c.LoadTLS()
			var p *Problem
			switch {
			case tt.code == "" && err != nil:
				t.Error(err)
			case tt.code != "" && (!errors.As(err, &p) || p.Field != tt.field || p.Code != tt.code || p.Value == "" || config != nil):
				t.Errorf("got %v", err)
			case (tt.c.CertFile != "" && tt.code == "") != (config != nil && len(config.Certificates) == 1):
				t.Error("the certificate is not used")
			}
		})
	}
}

func TestTheMinimumVersionOfTLS(t *testing.T) {
	for text, want := range map[string]uint16{"": tls.VersionTLS12, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13} {
		if config, err := (Connection{MinTLS: text}).LoadTLS(); err != nil || config.MinVersion != want {
			t.Errorf("%q: %v, %v", text, config, err)
		}
	}
}
