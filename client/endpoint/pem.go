package endpoint

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"strings"

	"sseconsole/client/regularfile"
)

// LoadTLS reads the files of c and returns the configuration of TLS. If a file
// cannot be used, the error is a *Problem about the first such file. It may
// block on a slow disk.
func (c Connection) LoadTLS() (*tls.Config, error) {
	config := &tls.Config{ServerName: c.ServerName, InsecureSkipVerify: c.Insecure, MinVersion: tls.VersionTLS12}
	if c.MinTLS == "1.3" {
		config.MinVersion = tls.VersionTLS13
	}
	if c.CAFile != "" {
		pool, err := loadPool(c.CAFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	if c.CertFile != "" || c.KeyFile != "" {
		pair, err := c.loadPair()
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

func loadPool(file string) (*x509.CertPool, error) {
	blocks, err := readPEM("ca_file", file)
	if err != nil {
		return nil, err
	}
	pool, found := x509.NewCertPool(), false
	for _, b := range blocks {
		if b.Type != "CERTIFICATE" {
			continue
		}
		cert, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			return nil, newProblem("ca_file", PEMBroken, file, err)
		}
		pool.AddCert(cert)
		found = true
	}
	if !found {
		return nil, newProblem("ca_file", PEMNoCert, file, nil)
	}
	return pool, nil
}

func (c Connection) loadPair() (tls.Certificate, error) {
	var none tls.Certificate
	for _, p := range c.Check() {
		if p.Code == KeyMissing || p.Code == CertMissing {
			return none, p
		}
	}
	certs, err := readPEM("cert_file", c.CertFile)
	if err != nil {
		return none, err
	}
	var chain []byte
	for _, b := range certs {
		if b.Type == "CERTIFICATE" {
			if _, err := x509.ParseCertificate(b.Bytes); err != nil {
				return none, newProblem("cert_file", PEMBroken, c.CertFile, err)
			}
			chain = append(chain, pem.EncodeToMemory(b)...)
		}
	}
	if chain == nil {
		return none, newProblem("cert_file", PEMNoCert, c.CertFile, nil)
	}
	keys, err := readPEM("key_file", c.KeyFile)
	if err != nil {
		return none, err
	}
	var key []byte
	for _, b := range keys {
		switch {
		case b.Type == "ENCRYPTED PRIVATE KEY", strings.HasSuffix(b.Type, "PRIVATE KEY") && b.Headers["DEK-Info"] != "":
			return none, newProblem("key_file", PEMEncrypted, c.KeyFile, nil)
		case strings.HasSuffix(b.Type, "PRIVATE KEY") && key == nil:
			key = pem.EncodeToMemory(b)
		}
	}
	if key == nil {
		return none, newProblem("key_file", PEMNoKey, c.KeyFile, nil)
	}
	pair, err := tls.X509KeyPair(chain, key)
	switch {
	case err == nil:
		return pair, nil
	case strings.Contains(err.Error(), "does not match"):
		return none, newProblem("key_file", PEMMismatch, c.KeyFile, err)
	}
	return none, newProblem("key_file", PEMBroken, c.KeyFile, err)
}

// readPEM returns the PEM blocks of a file, which may have text between them.
func readPEM(field, file string) ([]*pem.Block, error) {
	rest, err := regularfile.Read(file, regularfile.Small)
	if err != nil {
		return nil, newProblem(field, PEMUnread, file, err)
	}
	var blocks []*pem.Block
	for {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return blocks, nil
		}
		blocks = append(blocks, b)
	}
}
