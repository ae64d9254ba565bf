package curl

import (
	"net/http"
	"slices"
	"strings"

	"sseconsole/client/endpoint"
	"sseconsole/client/mask"
)

// Command is the meaning of a curl command.
type Command struct {
	// Request is the request that curl makes, without curl's own User-Agent and
	// Accept: */*, which the program's replace. A shell variable without a value
	// appears as {{NAME}}.
	Request endpoint.Request
	// Connection is how the host is reached. Without -L redirects are not followed.
	Connection endpoint.Connection
	Auth       endpoint.Auth // from -u or --oauth2-bearer; Request has it as a header
	Variables  []string      // the shell variables without a value
	Notes      []Note        // everything that is not honored
}

// Options configure ParseWith.
type Options struct {
	// Getenv looks up a shell variable. If it is nil, no variable has a value.
	Getenv func(name string) (value string, found bool)
	// ReadFile reads the file of -d @file and similar flags; - is standard input. If
	// it is nil, no file is read, and each is a Note.
	ReadFile func(name string) ([]byte, error)
}

// Parse parses a curl command as found in documentation (sh) or copied from the tools
// of a browser (sh, or cmd of Windows). The error is an *Error.
func Parse(command string) (Command, error) { return ParseWith(command, Options{}) }

// ParseWith is Parse with options.
func ParseWith(command string, options Options) (Command, error) {
	p := &parser{options: options, flags: flags()}
	list, err := p.split(command)
	if err != nil {
		return Command{}, err
	}
	if err := p.arguments(list); err != nil {
		return Command{}, err
	}
	if err := p.finish(); err != nil {
		return Command{}, err
	}
	return p.command, nil
}

type header struct{ name, value string }

type parser struct {
	options Options
	flags   []flag
	command Command
	stdin   []byte // the output of a printf before the pipe
	piped   bool

	urls                    []string
	method                  string
	get, head, form, follow bool
	globoff, pathAsIs       bool
	headers                 []header
	presets                 []header // from -A, -e, -r, -b and --json; -H takes precedence
	removed                 []string
	body                    []byte
	hasBody, isJSON         bool
	query                   []string
	auth                    endpoint.Auth
	connection              endpoint.Connection
	proxyUser               string
	cookies                 []string
}

func (p *parser) note(code NoteCode, flag, value string) {
	p.command.Notes = append(p.command.Notes, Note{code, flag, mask.Text(value)})
}

// split splits the command into words and checks that it is curl.
func (p *parser) split(command string) ([]string, error) {
	text := strings.TrimSpace(strings.TrimPrefix(command, "\ufeff"))
	for _, prompt := range []string{"$ ", "% ", "# ", "> ", "C:\\>"} {
		text = strings.TrimSpace(strings.TrimPrefix(text, prompt))
	}
	if text == "" {
		return nil, &Error{Code: Empty}
	}
	lower := strings.ToLower(text)
	for _, begin := range []string{"invoke-", "iwr ", "irm ", "$session", "$headers"} {
		if strings.HasPrefix(lower, begin) {
			return nil, &Error{Code: PowerShell}
		}
	}
	if strings.HasPrefix(lower, "curl") && continues(text, " `") {
		return nil, &Error{Code: PowerShell, Offset: strings.IndexByte(text, '\n')}
	}
	if strings.HasPrefix(lower, "curl") && isCmd(text) {
		list, err := splitCmd(text)
		if err != nil {
			return nil, err
		}
		return p.isCurl(list)
	}
	w := &words{text: text, lookup: p.options.Getenv, known: make(map[string]string)}
	if err := w.command(); err != nil {
		return nil, err
	}
	if len(w.list) == 2 && w.list[0] == "printf" && w.at < len(w.text) && w.text[w.at] == '|' {
		p.stdin, p.piped = unprintf(w.list[1]), true
		w.at++
		w.list = nil
		if err := w.split(); err != nil {
			return nil, err
		}
	}
	p.command.Variables = w.names
	if rest := strings.TrimSpace(w.text[w.at:]); rest != "" && rest != "&" && rest != ";" {
		p.note(Trailing, "", beginning(rest))
	}
	return p.isCurl(w.list)
}

// beginning returns the first words of what follows a command, such as | jq . The
// others may contain anything.
func beginning(rest string) string {
	words := strings.Fields(mask.Text(rest))
	if len(words) > 3 {
		words = append(words[:3], "…")
	}
	return mask.Params(strings.Join(words, " "))
}

func (p *parser) isCurl(list []string) ([]string, error) {
	if len(list) == 0 {
		return nil, &Error{Code: NotCurl}
	}
	name := strings.ToLower(list[0][strings.LastIndexAny(list[0], `/\`)+1:])
	if name != "curl" && name != "curl.exe" {
		return nil, &Error{Code: NotCurl, Detail: endpoint.Mask(list[0])}
	}
	return list[1:], nil
}

// arguments processes flags and URLs.
func (p *parser) arguments(list []string) error {
	onlyURLs := false
	for len(list) > 0 {
		word := list[0]
		list = list[1:]
		used := 0
		var err error
		switch {
		case onlyURLs || !strings.HasPrefix(word, "-") || word == "-":
			p.urls = append(p.urls, word)
		case word == "--":
			onlyURLs = true
		case strings.HasPrefix(word, "--"):
			used, err = p.long(word, list)
		default:
			used, err = p.short(word, list)
		}
		if err != nil {
			return err
		}
		list = list[used:]
	}
	return nil
}

// long processes --flag and returns how many of the next words are its value.
func (p *parser) long(word string, next []string) (int, error) {
	name := word[2:]
	i := slices.IndexFunc(p.flags, func(f flag) bool { return f.long == name })
	if i < 0 {
		before, _, found := strings.Cut(name, "=")
		if found && slices.ContainsFunc(p.flags, func(f flag) bool { return f.long == before }) {
			p.note(EqualsSign, "--"+before, "")
			return 0, nil
		}
		if on, found := strings.CutPrefix(name, "no-"); found && p.switchOff(on) {
			return 0, nil
		}
		p.note(UnknownFlag, "--"+before, "")
		return 0, nil
	}
	f := p.flags[i]
	if !f.value {
		return 0, p.do(f, word, "")
	}
	if len(next) == 0 {
		return 0, &Error{Code: NoValue, Flag: word}
	}
	return 1, p.do(f, word, next[0])
}

// switchOff processes --no-flag and reports whether there is such a flag.
func (p *parser) switchOff(name string) bool {
	i := slices.IndexFunc(p.flags, func(f flag) bool { return f.long == name && !f.value })
	if i < 0 {
		return false
	}
	switch name {
	case "location":
		p.follow = false
	case "insecure":
		p.connection.Insecure = false
	case "compressed":
		p.connection.Compression = ""
	case "get":
		p.get = false
	case "head":
		p.head = false
	case "globoff":
		p.globoff = false
	case "path-as-is":
		p.pathAsIs = false
	}
	return true
}

// short processes one-letter flags, several of which may be combined.
func (p *parser) short(word string, next []string) (int, error) {
	for i := 1; i < len(word); i++ {
		name := "-" + word[i:i+1]
		at := slices.IndexFunc(p.flags, func(f flag) bool { return f.short == word[i] })
		if at < 0 {
			p.note(UnknownFlag, name, "")
			continue
		}
		f := p.flags[at]
		switch {
		case !f.value:
			if err := p.do(f, name, ""); err != nil {
				return 0, err
			}
		case i+1 < len(word):
			return 0, p.do(f, name, word[i+1:])
		case len(next) > 0:
			return 1, p.do(f, name, next[0])
		default:
			return 0, &Error{Code: NoValue, Flag: name}
		}
	}
	return 0, nil
}

func (p *parser) do(f flag, name, value string) error {
	switch {
	case f.left:
		if f.quiet {
			value = ""
		} else if f.long == "form" || f.long == "form-string" || f.long == "variable" {
			value = mask.Params(value)
		}
		p.note(NotHonoured, name, value)
		p.follow = p.follow || f.long == "location-trusted"
		p.form = p.form || f.short == 'F' || f.long == "form-string"
		return nil
	case f.does == nil:
		return nil
	}
	return f.does(p, value)
}

// finish builds the request from what was read.
func (p *parser) finish() error {
	if p.get {
		if len(p.body) > 0 {
			p.query = append(p.query, string(p.body))
		}
		p.body, p.hasBody = nil, false
	}
	address, err := p.address()
	if err != nil {
		return err
	}
	if p.head && p.hasBody {
		return &Error{Code: TwoBodies, Flag: "-I"}
	}
	r := endpoint.Request{URL: address, Method: http.MethodGet}
	switch {
	case p.method != "":
		r.Method = p.method
	case p.head:
		r.Method = http.MethodHead
	case p.hasBody || p.form:
		r.Method = http.MethodPost
	}
	if p.hasBody {
		r.Body = append([]byte{}, p.body...)
		kind := "application/x-www-form-urlencoded"
		if p.isJSON {
			kind = "application/json"
			p.preset("Accept", kind)
		}
		p.preset("Content-Type", kind)
	}
	if len(p.cookies) > 0 {
		p.preset("Cookie", strings.Join(p.cookies, ";"))
	}
	p.authorize()
	r.Header = p.allHeaders()
	if err := p.finishProxy(); err != nil {
		return err
	}
	if p.connection.KeyFile == "" { // as curl does
		p.connection.KeyFile = p.connection.CertFile
	}
	if !p.follow {
		p.connection.Redirects = endpoint.ShowRedirects
	}
	codings := r.Header.Values("Accept-Encoding")
	if p.connection.Compression != "" && len(codings) == 1 && slices.Contains(endpoint.Compressions(), codings[0]) {
		p.connection.Compression = codings[0]
		r.Header.Del("Accept-Encoding")
	}
	p.command.Request, p.command.Connection = r, p.connection
	return nil
}
