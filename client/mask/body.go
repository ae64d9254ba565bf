package mask

import (
	"mime"
	"strings"
)

// Body returns the body of a request or a response with ••• in place of its
// secrets, which it knows by the names of fields in a form or in JSON.
func Body(contentType, text string) string { return ReplaceBody(contentType, text, hide) }

// ReplaceBody returns a body in which each secret is replaced by what replace
// returns for it. JSON is also recognized by its first character, whatever the
// Content-Type is. The events of a stream are left unchanged.
func ReplaceBody(contentType, text string, replace func(Value) string) string {
	kind, params, _ := mime.ParseMediaType(contentType)
	switch {
	case kind == "text/event-stream":
		return text
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return replaceParts(text, "--"+params["boundary"], replace)
	}
	begin := strings.TrimLeft(text, "\ufeff \t\r\n")
	if strings.Contains(kind, "json") || strings.HasPrefix(begin, "{") || strings.HasPrefix(begin, "[") {
		text = ReplaceJSON(text, replace)
	}
	if kind == "application/x-www-form-urlencoded" { // curl sends everything as this type
		text = replaceParams(text, inForm, replace)
	}
	return text
}

// replaceParts replaces the secrets in a multipart body.
func replaceParts(text, delimiter string, replace func(Value) string) string {
	var b strings.Builder
	for part := range strings.SplitAfterSeq(text, delimiter) {
		part, end := strings.CutSuffix(part, delimiter)
		b.WriteString(replacePart(part, replace))
		if end {
			b.WriteString(delimiter)
		}
	}
	return b.String()
}

// longestPartHeader is how much of a part is searched for the end of its
// header, in bytes.
const longestPartHeader = 4 << 10

// replacePart replaces the secrets between two delimiters.
func replacePart(part string, replace func(Value) string) string {
	begin := part[:min(len(part), longestPartHeader)]
	gap := "\r\n\r\n"
	size := strings.Index(begin, gap)
	if size < 0 {
		gap = "\n\n"
		if size = strings.Index(begin, gap); size < 0 {
			return part
		}
	}
	value := part[size+len(gap):]
	content := strings.TrimRight(value, "\r\n")
	contentType, name := "", ""
	for line := range strings.Lines(part[:size]) {
		field, text, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(field)) {
		case "content-type":
			contentType = strings.TrimSpace(text)
		case "content-disposition":
			_, params, err := mime.ParseMediaType(text)
			if name = params["name"]; err != nil {
				name = text
			}
		}
	}
	if content != "" && Param.Secret(name) {
		content = replace(Value{name, content, Plain})
	} else if !strings.HasPrefix(contentType, "multipart/") { // a multipart within a multipart is not looked into
		content = ReplaceBody(contentType, content, replace)
	}
	return part[:size+len(gap)] + content + value[len(strings.TrimRight(value, "\r\n")):]
}
