package jq_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/itchyny/gojq"

	"sseconsole/client/jq"
)

// ordinary returns expressions of all kinds, some of them invalid.
func ordinary() []string {
	return []string{
		`.`, `.a`, `.a.b`, `.a?`, `.["a"]`, `."a"`, `.[0]`, `.[-1]`, `.[1:]`, `.[:-1]`, `.[1:2]`, `.[]`, `.[]?`, `.a[]?`, `..`, `.. | numbers`,
		`.a, .b`, `.a | .b`, `[.[]?]`, `{a, b: 1}`, `{(.a | tostring): 1}`, `{"x\(1 + 1)": .}`, `{$__loc__}`, `[range(5)]`, `[range(2; 8; 3)]`, `[range(5; 0; -2)]`,
		`1 + 2`, `. + 1`, `. + .`, `. - 1`, `. - .`, `. * 2`, `. * .`, `. / 2`, `. % 3`, `-.`, `"a" + "b"`, `[1] + [2]`, `{a: 1} + {b: 2}`, `null + 1`,
		`[1, 2, 3, 2] - [2]`, `{a: {b: 1}} * {a: {c: 2}}`, `"ab" * 3`, `"ab" * 0`, `"a,b" / ","`, `1 / 0`, `5 % 0`, `9223372036854775807 + 1`,
		`9223372036854775807 * 9223372036854775807`, `100000000000000000000000 / 3`, `[limit(40; 2 | recurse(. * .))] | last | tostring | length`,
		`. == 1`, `. != null`, `. < 5`, `. <= "a"`, `. > []`, `. >= {}`, `[1, [2]] < [1, [3]]`, `.a and .b`, `.a or .b`, `not`, `.a // "none"`, `(.[]? | select(. == 0)) // "none"`,
		`.a = 1`, `.a.b.c = 1`, `.[3] = 1`, `.[-1] = 9`, `.[]? = 0`, `.[1:3] = ["x"]`, `.a |= . + 1`, `.a += 1`, `.a -= 1`, `.a *= 2`, `.a /= 2`, `.a %= 2`, `.a //= 5`,
		`.[]? |= empty`, `(.a, .b) = 7`, `(.a, .b) |= tostring`, `.[]? += 1`, `[.[]?] | .[1:] |= map(tostring)`, `setpath(["a", 0]; 1)`, `setpath([0, "b"]; 1)`, `setpath([]; 1)`,
		`del(.a)`, `del(.[0, 2])`, `del(.[1:])`, `del(..)`, `delpaths([["a"], [0]])`, `to_entries`, `with_entries(.value |= tostring)`, `from_entries`, `[{key: "a", value: 1}] | from_entries`,
		`getpath(["a", "b"])`, `[paths]`, `[paths(type == "number")]`, `path(..)`, `[path(.a[]?)]`, `pick(.a)`, `pick(.[1])`, `[leaf_paths]`, `tostream`, `fromstream(tostream)`, `[1 | truncate_stream([[0], 1], [[1, 0], 2])]`,
		`length`, `utf8bytelength`, `keys`, `keys_unsorted`, `values`, `has("a")`, `has(0)`, `in({a: 1})`, `map(. + 1)`, `map_values(. + 1)`, `map_values(empty)`, `add`, `add(.[]?)`, `any`, `all`, `any(. > 1)`, `flatten`, `flatten(1)`,
		`reverse`, `sort`, `sort_by(.a)`, `group_by(.a)`, `min`, `max`, `min_by(.a)`, `max_by(.a)`, `unique`, `unique_by(.a)`, `[[1, 2], [3]] | transpose`, `contains("a")`, `contains(["a"])`, `contains({a: 1})`, `inside([1, 2, 3])`,
		`index("a")`, `rindex("a")`, `indices("a")`, `indices(1)`, `indices([1, 2])`, `.[[1]]`, `startswith("a")`, `endswith("a")`, `ltrimstr("a")`, `rtrimstr("a")`, `trimstr("a")`, `trim`, `ltrim`, `rtrim`,
		`explode`, `explode | implode`, `split(",")`, `split(", *"; null)`, `split("")`, `join(",")`, `[1, null, true, "x"] | join("-")`, `ascii_downcase`, `ascii_upcase`, `ascii`, `tojson`, `tojson | fromjson`, `fromjson`, `tonumber`, `tostring`, `toarray`, `type`, `abs`,
		`@text`, `@json`, `@html`, `@uri`, `@csv`, `@tsv`, `@sh`, `@base64`, `@base64 | @base64d`, `@base64d`, `@uri | @urid`, `@json "x\(.)y"`, `@html "<\(.)>"`, `"\(.a) and \(.b)"`,
		`test("a")`, `test("A"; "i")`, `test(["a", "g"])`, `[match("a"; "g")]`, `[match("(?<x>a)|(b)"; "g")]`, `[match(""; "g")]`, `capture("(?<n>[a-z]+)")`, `[scan("[a-z]")]`, `[scan("(a)(b)?")]`, `sub("a"; "b")`, `gsub("a"; "b")`, `gsub("(?<x>[ab])"; "<\(.x)>")`, `gsub(""; "-")`, `gsub("^"; ">")`, `[splits(", *")]`, `test("(")`,
		`if . then 1 else 2 end`, `if .a then .a elif .b then .b end`, `try error("x") catch .`, `try error({a: 1}) catch .a`, `error`, `error(null)`, `.a.b.c?`, `try (.a | error) catch length`, `label $f | 1, break $f, 2`, `first(.[]?)`, `last(.[]?)`, `nth(1)`, `nth(1; .[]?)`,
		`limit(2; .[]?)`, `limit(0; 1, 2)`, `limit(-1; 1)`, `skip(1; .[]?)`, `until(. == null or . == 0 or type != "number" or . > 100; . * 2 + 1)`, `[while(type == "number" and . < 100; . * 2 + 1)]`, `[limit(5; repeat(1))]`, `[recurse(if type == "number" and . < 3 then . + 1 else empty end)]`, `[recurse]`, `isempty(empty)`, `isempty(.[]?)`,
		`reduce .[]? as $x (0; . + 1)`, `[foreach .[]? as $x (0; . + 1; [$x, .])]`, `. as [$a, $b] | {a: $a, $b}`, `. as {a: $x, b: [$y]} | [$x, $y]`, `. as [$a] ?// $a | [$a]`, `def f(x): x * 2; f(3)`, `def f($x; y): $x + y; f(1; 2, 3)`, `def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; 20 | fac`, `[.[]? as $x | $x]`,
		`walk(if type == "number" then . + 1 else . end)`, `[combinations]`, `[[1, 2], [3, 4]] | [combinations]`, `[[0, 1] | combinations(2)]`, `[.[]? | select(type == "string")]`, `[.[]? | strings, numbers]`, `INDEX(.a?)`, `IN(1, 2)`, `IN(.[]?; 1)`, `[JOIN({"1": 2}; tostring)]`,
		`floor`, `sqrt`, `pow(.; 2)`, `log`, `exp10`, `significand`, `frexp`, `modf`, `ldexp(.; 2)`, `fma(.; 2; 1)`, `infinite`, `nan | isnan`, `isnormal`, `[.[]? | isinfinite]`, `jn(2; 1.5)`, `trunc`, `round`, `ceil`, `fabs`, `atan2(1; .)`, `fmin(.; 1)`,
		`gmtime`, `mktime`, `todate`, `fromdate`, `"2015-03-05T23:51:47Z" | fromdate`, `strftime("%Y-%m-%d %10H")`, `"10:20" | strptime("%H:%M")`, `strflocaltime("%Y")`, `dateadd("seconds"; 1)`, `localtime | mktime`, `bsearch(1)`, `[1, 2, 3] | bsearch(2)`, `splits("a")`, `ltrimstr(1)`, `tojson | length`, `halt_error`, `halt`,
		`builtins | length > 100`, `input_line_number`, `$__loc__`, `getpath(["a", 0, "b"])?`, `error("x" * 3)`, `"\u00e9" | @uri, @base64, length, utf8bytelength`, `"x" as $x | [$x, ($x | ascii_upcase)]`, `.a.b |= 3`, `.. |= (if type == "number" then . + 1 else . end)`, `to_entries | map(.key)`, `[.[]? | tostring] | join(", ")`, `limit(3; range(10))`, `[.[]?, .[]?] | unique | length`, `tojson | test("1")`, `[.. | scalars] | length`, `(.a, .b, .c) as $x | $x`, `reduce range(50) as $i ([]; .[$i] = $i) | add`, `[range(300)] | map_values(. + 1) | add`, `[range(300)] | .[] += 1 | del(.[10:290]) | length`, `reduce range(20) as $i (null; [.]) | tojson`,
		`debug("x")`, `input`, `[inputs]`, `modulemeta`, `get_search_list`, `nothing`, `.a |`, `{`, `import "a" as a; .`, `@nothing`, `"abc" | .[1:2], .[0]`, `ltrimstr("x"), rtrimstr("y")`, `getpath(1)`, `setpath(1; 2)`, `delpaths(1)`, `splits(1)`, `_nothing`, `tojson | @sh`,
	}
}

// inputs returns values of all kinds.
func inputs() []string {
	return []string{
		`null`, `true`, `0`, `-1.5`, `42`, `1425599507`, `123456789012345678901234567890`, `""`, `"a"`, `"abc, aBc"`, `"1"`, `"[1,2]"`, `"YWJj"`, `"日本 é\u0000\"<&'>"`, `[]`, `[1,2,3]`, `[3,null,"a",[1],{"a":1}]`,
		`[[1,2],[3,[4]]]`, `[{"a":1,"b":2},{"a":1},{"a":0}]`, `["a","b","a"]`, `{}`, `{"a":1,"b":2}`, `{"a":{"b":{"c":[1,2,{"d":null}]}},"b":[true,false]}`, `{"a":"x","b":"y","c":1e3}`, `{"a":null}`, `1e1000`, `[0.1,1e-5,1e17,-0]`,
	}
}

func TestResultsAreThoseOfGojq(t *testing.T) {
	t.Logf("%d expressions, %d inputs", len(ordinary()), len(inputs()))
	for _, expr := range ordinary() {
		compare(t, expr, inputs()...)
	}
}

// compare compares the results of an expression over inputs with those of gojq. It
// reports whether the expression was stopped, in which case it does not compare.
func compare(t *testing.T, expr string, inputs ...string) (stopped bool) {
	t.Helper()
	parsed, wrong := gojq.Parse(expr)
	var code *gojq.Code
	if wrong == nil {
		code, wrong = gojq.Compile(parsed)
	}
	q, err := jq.Compile(expr)
	if (err == nil) != (wrong == nil) || err != nil && err.Error() != wrong.Error() {
		if err == nil || !strings.Contains(err.Error(), "not available") {
			t.Fatalf("%s: compiled with %v, gojq's with %v", expr, err, wrong)
		}
	}
	if err != nil {
		return false
	}
	for _, data := range inputs {
		var got []string
		var last error
		for v, err := range q.Run(t.Context(), time.Second, data) {
			got = append(got, shown(v, err))
			last = err
		}
		var why *jq.Stopped
		if errors.As(last, &why) {
			if stopped = true; why.Reason == jq.Broken {
				t.Errorf("%s over %s: %v", expr, data, last)
			}
			continue
		}
		if errors.Is(last, jq.ErrNotJSON) {
			continue
		}
		if want := plain(code, data, len(got)); !slices.Equal(got, want) {
			t.Errorf("%s over %s:\n got %q\nwant %q", expr, data, got, want)
		}
	}
	return stopped
}

// plain returns at most n+1 results of gojq, up to the first error.
func plain(code *gojq.Code, data string, n int) []string {
	in := json.NewDecoder(strings.NewReader(strings.TrimSpace(data)))
	in.UseNumber()
	var value any
	if err := in.Decode(&value); err != nil {
		return []string{err.Error()}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var results []string
	for run := code.RunWithContext(ctx, value); len(results) <= n; {
		v, ok := run.Next()
		if !ok {
			break
		}
		err, _ := v.(error)
		results = append(results, shown(v, err))
		if err != nil {
			break
		}
	}
	return results
}

func shown(v any, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	if left := 10_000; !small(v, &left) {
		return "a large value"
	}
	text, err := gojq.Marshal(v)
	return fmt.Sprint(string(text), err)
}

// small reports whether v has no more than *left parts, counting shared parts every
// time.
func small(v any, left *int) bool {
	*left--
	switch v := v.(type) {
	case []any:
		for _, v := range v {
			if *left < 0 || !small(v, left) {
				return false
			}
		}
	case map[string]any:
		for _, v := range v {
			if *left < 0 || !small(v, left) {
				return false
			}
		}
	}
	return *left >= 0
}

func FuzzResultsAreThoseOfGojq(f *testing.F) {
	for i, expr := range ordinary() {
		f.Add(expr, inputs()[i%len(inputs())])
	}
	f.Add(`def f: . + . | f; "x" | f`, "null")
	f.Add(`reduce range(33) as $i (.; [., .]) | tojson`, "1")
	f.Add(`.[4e8] = 1 | [range(1e9)] | gsub(""; "x") | combinations`, "[]")
	f.Fuzz(func(t *testing.T, expr, data string) {
		for _, word := range []string{"now", "time", "date"} { // results depend on the time or the time zone
			if strings.Contains(expr, word) {
				return
			}
		}
		if len(expr) > 200 || len(data) > 2000 {
			return
		}
		compare(t, expr, data)
	})
}
