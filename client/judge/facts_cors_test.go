package judge

import "strings"

// wayClaims are those of wayFindings.
func wayClaims() map[string]func(f *facts) bool {
	const allow = "Access-Control-Allow-Origin"
	return map[string]func(f *facts) bool{
		`[Aa]fter the redirects the origin is null`: func(f *facts) bool {
			last := f.redirects[len(f.redirects)-1]
			return !strings.HasPrefix(last.URL, "http://here/") && !strings.HasPrefix(last.URL, f.origin) && f.header.Get(allow) == f.problem.Data
		},
		`^A redirect has`: func(f *facts) bool { return len(f.redirects[0].Header[allow]) == 0 && f.header.Get(allow) == "*" },
		`^Access-Control-Allow-Credentials: true is combined`: func(f *facts) bool {
			return f.header.Get("Access-Control-Allow-Credentials") == "true" && f.header.Get(allow) == "*"
		},
		`^The compressed data ended`:    func(f *facts) bool { return f.more },
		`^The request was refused with`: func(f *facts) bool { return f.problem.Data == "401" && f.header.Get(allow) == "" },
		`^The response headers violate`: func(f *facts) bool { return f.odd == f.problem.Data },
	}
}
