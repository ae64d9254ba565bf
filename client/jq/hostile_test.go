//go:build !race

package jq_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"sseconsole/client/jq"
)

// most is how much the heap may grow while an expression runs, garbage included:
// twice what it may allocate.
const most = 128 << 20

// hostile returns expressions that would take gigabytes, or forever. The data is
// null unless given.
func hostile() map[string][2]string {
	deep := strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999)
	letters := `"` + strings.Repeat("a", 300_000) + `"`
	return map[string][2]string{
		"index":                     {`.[4e8] = 1`},
		"index of setpath":          {`setpath([4e8]; 1)`},
		"index of update":           {`.[4e8] |= 1`},
		"index of update add":       {`.[4e8] += 1`},
		"nested indices":            {`.[1e6][1e6][1e6][1e6][1e6] = 1`},
		"indices of iterations":     {`[range(100)] | .[] |= ([] | .[400000] = 1)`},
		"index of slices":           {`[1] | .[0:1] = ([] | .[4e8] = 1)`},
		"index of pick":             {`pick(.[4e8])`},
		"index of fromstream":       {`fromstream([[4e8], 1], [[4e8]])`},
		"doubling by reduce":        {`reduce range(33) as $i ("x"; . + .)`},
		"doubling of arrays":        {`reduce range(33) as $i ([1]; . + .)`},
		"doubling of big arrays":    {`reduce range(33) as $i ([range(1000)]; . + .)`},
		"doubling by recursion":     {`def f: . + . | f; "x" | f`},
		"doubling by update":        {`reduce range(33) as $i ({a: "x"}; .a += .a)`},
		"doubling by interpolation": {`reduce range(33) as $i ("x"; "\(.)\(.)")`},
		"doubling by join":          {`reduce range(33) as $i ("x"; [., .] | join(""))`},
		"doubling by add":           {`reduce range(33) as $i ("x"; [., .] | add)`},
		"doubling by implode":       {`reduce range(33) as $i ("x"; explode | . + . | implode)`},
		"doubling by limit":         {`last(limit(33; "x" | recurse(. + .)))`},
		"doubling kept":             {`[limit(33; "x" | recurse(. + .))]`},
		"doubling of objects":       {`reduce range(33) as $i ({}; with_entries(.key += "x") + . + {a: 1, "\($i)": .})`},
		"repeated text":             {`"x" * 1e9`},
		"repeated text thrice":      {`"x" * 1e4 * 1e4 * 1e4`},
		"repeated text caught":      {`try ("x" * 1e9) catch "y" | . * 1e9`},
		"range":                     {`[range(1e9)]`},
		"range of objects":          {`[range(1e9) | {a: ., b: [.]}]`},
		"range by update":           {`reduce range(1e9) as $i ([]; .[$i] = $i)`},
		"range by add":              {`reduce range(1e9) as $i ([]; . + [$i])`},
		"range of floats":           {`[range(0; 1; 1e-9)]`},
		"limit":                     {`[limit(1e9; repeat(1))]`},
		"while":                     {`[while(true; . + 1)]`},
		"while without a result":    {`while(true; .) | empty`},
		"until":                     {`until(false; .)`},
		"first":                     {`first(repeat(empty))`},
		"recurse":                   {`[recurse(.)]`},
		"recurse of a growing one":  {`[recurse([., .])]`},
		"combinations":              {`[[range(100)] | [., ., ., ., ., .] | combinations]`},
		"combinations of n":         {`[[range(100)] | combinations(9)]`},
		"recursion":                 {`def f: [f]; f`},
		"recursion with variables":  {`def f: . as [$a, $b, $c, $d] | [f]; f`},
		"recursion of iterations":   {`def f: .[] as $x | f; [range(100000)] | f`},
		"recursion of maps":         {`def f: map(f); def g: . as $x | [$x, $x] | map(g); [range(100000)] | g`},
		"variables":                 {`def f: if . then 1 else ` + strings.Repeat("1 as $a | ", 700) + `[f] end; null | f`},
		"nesting":                   {`reduce range(1000000) as $i (null; [.]) | tojson`},
		"nesting compared":          {`reduce range(100000) as $i (null; [.]) | . == .`},
		"nesting flattened":         {`reduce range(100000) as $i (null; [.]) | flatten`},
		"nesting deleted":           {`reduce range(100000) as $i (null; [.]) | del(.[0][0])`},
		"nesting as a caught error": {`try (reduce range(50) as $i (1; [., .]) | error) catch tojson`},
		"shared parts as text":      {`reduce range(60) as $i (1; [., .]) | tojson`},
		"shared parts as base64":    {`reduce range(60) as $i (1; [., .]) | @base64`},
		"shared parts as json":      {`reduce range(60) as $i (1; [., .]) | @json "\(.)"`},
		"shared parts compared":     {`reduce range(60) as $i (1; [., .]) | . == (. | map(.))`},
		"shared parts sorted":       {`reduce range(60) as $i (1; [., .]) | sort`},
		"shared parts flattened":    {`reduce range(60) as $i (1; [., .]) | flatten`},
		"shared parts contained":    {`reduce range(60) as $i (1; [., .]) | contains([.])`},
		"shared parts deleted":      {`reduce range(60) as $i (1; [., .]) | delpaths([[0, 0]])`},
		"shared parts walked":       {`reduce range(60) as $i (1; [., .]) | [..]`},
		"shared parts merged":       {`reduce range(60) as $i ({}; {a: ., b: .}) | . * .`},
		"shared parts counted":      {`reduce range(60) as $i (1; [., .]) | [paths] | length`},
		"shared text joined":        {`("x" * 1e6) as $x | [limit(10000; repeat($x))] | join($x)`},
		"shared text added":         {`("x" * 1e6) as $x | [limit(10000; repeat($x))] | add`},
		"shared arrays added":       {`[range(10000)] as $x | [limit(10000; repeat($x))] | add`},
		"base64 grows":              {`reduce range(100) as $i ("x"; @base64)`},
		"escapes grow":              {`reduce range(100) as $i ("\u0000"; tojson)`},
		"uri grows":                 {`reduce range(100) as $i ("%"; @uri + .)`},
		"html grows":                {`reduce range(100) as $i ("&"; @html + .)`},
		"quotes grow":               {`reduce range(100) as $i ("'"; @sh)`},
		"big numbers squared":       {`reduce range(1e6) as $i (3; . * .)`},
		"big numbers":               {`reduce range(1e9) as $i (10000000000000000000; . * 10000000000000000000)`},
		"big numbers as text":       {`[limit(1e6; repeat("9" * 9000 | tonumber))] | tojson`},
		"a number of many digits":   {`"9" * 1e7 | tonumber + 1`},
		"a negative big number":     {`[limit(1e6; 9223372036854775807 | recurse(. * 7))]`},
		"gsub":                      {`gsub(""; "xxxxxxxxxxxxxxxx")`, letters},
		"gsub of each letter":       {`gsub("a"; "aaaaaaaaaaaaaaaaaaaaaaaa")`, letters},
		"gsub again and again":      {`reduce range(30) as $i ("a"; gsub("a"; "aa"))`},
		"gsub with groups":          {`gsub("(?<a>(?<b>(?<c>.)))"; .a + .b + .c)`, letters},
		"scan":                      {`[scan(".")]`, letters},
		"match of nothing":          {`[match(""; "g")]`, letters},
		"many groups":               {`[match("` + strings.Repeat("(.)?", 200) + `"; "g")]`, letters},
		"splits":                    {`[splits("")]`, letters},
		"splits of letters":         {`[splits("a")]`, letters},
		"split":                     {`split("")`, letters[:len(letters)-1] + strings.Repeat("b", 2_000_000) + `"`},
		"a wide regexp":             {`test("(a{100}b?){9}(a{100}b?){9}(a{100}b?){9}c")`, letters},
		"a long regexp":             {`test("(?i)` + strings.Repeat("a{900}", 20) + `z")`, letters},
		"regexps without end":       {`[range(1e9) | tostring as $x | "a" | test($x)]`},
		"large regexps":             {`[range(1e9) | "(a{99}){9}\(.)" as $x | "a" | test($x)]`},
		"explode":                   {`explode`, `"` + strings.Repeat("a", 8_000_000) + `"`},
		"indices":                   {`indices("` + strings.Repeat("a", 3000) + `")`, letters},
		"indices of arrays":         {`[limit(200000; repeat(1))] | indices([limit(100000; repeat(1))])`},
		"subtraction":               {`[range(100000)] - [range(100000; 200000)]`},
		"contains":                  {`[range(100000)] | contains([range(50000; 150000)])`},
		"transpose":                 {`[range(50000) | []] + [[range(50000)]] | transpose`},
		"fromjson":                  {`fromjson`, `"[` + strings.Repeat("{},", 5_000_000) + `1]"`},
		"fromjson again and again":  {`[limit(1e9; "[[[[[[[[]]]]]]]]" | repeat(fromjson, .))]`},
		"paths of what is deep":     {`[paths]`, deep},
		"leaves of what is deep":    {`[tostream]`, deep},
		"a long path":               {`[path(getpath([range(100000)]) | ` + strings.Repeat("., ", 2000) + `.)]`},
		"long paths":                {`[path(getpath([range(30000)]) | range(1e9) as $x | .)]`},
		"group_by":                  {`[range(1e7)] | group_by(.)`},
		"INDEX":                     {`INDEX(range(1e9); .)`},
		"objects of many keys":      {`reduce range(1e9) as $i ({}; .["\($i)"] = $i)`},
		"strftime":                  {`now | strftime("%1000Y" * 100000)`},
		"strptime":                  {`("\u0000" * 10000000) as $x | [limit(9; repeat(try ($x | strptime($x)) catch .))]`},
		"Bessel":                    {`jn(2000000000; 3000000000)`},
		"input that is large":       {`.`, `[` + strings.Repeat("1,", 20_000_000) + `1]`},
		"ltrimstr":                  {`[range(1e9) | "x" * 1000 | ltrimstr("x")]`},
		"getpath":                   {`[range(1e9) | null | getpath(["a", "b", "c"])]`},
		"error":                     {`error("x" * 1e9)`},
		"label":                     {`def f: label $l | f; f`},
		"try":                       {`def f: try f catch .; f`},
		"alternatives":              {`def f: f // f; f`},
		"ascii":                     {`reduce range(1e9) as $i ("x"; ascii_downcase + "x")`},
		"sort of many":              {`[limit(1e6; repeat([1, 2, 3]))] | sort_by(.[0]) | unique`},
		"limit of nothing":          {`limit(0; repeat(1)), [range(1e9)]`},
		"walk":                      {`reduce range(60) as $i (1; [., .]) | walk(.)`},
		"env in a name":             {`def env: [env]; env`},
	}
}

func TestNoExpressionExceedsItsBounds(t *testing.T) {
	for name, of := range hostile() {
		t.Run(name, func(t *testing.T) {
			expr, data := of[0], of[1]
			if data == "" {
				data = "null"
			}
			q, err := jq.Compile(expr)
			if err != nil {
				t.Fatal(err)
			}
			runtime.GC()
			before, peak, begun := heap(), uint64(0), time.Now()
			stop, sampled := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(sampled)
				for {
					select {
					case <-stop:
						return
					default:
						peak = max(peak, heap())
						time.Sleep(time.Millisecond)
					}
				}
			}()
			var last error
			for _, err := range q.Run(t.Context(), 10*time.Second, data) {
				last = err
			}
			close(stop)
			<-sampled
			peak = max(peak, heap())
			grown := (float64(peak) - float64(before)) / (1 << 20)
			t.Logf("%6.1f MiB, %v: %v", grown, time.Since(begun).Round(time.Millisecond), last)
			if grown > most>>20 {
				t.Errorf("the heap grew by %.0f MiB", grown)
			}
			var stopped *jq.Stopped
			if !errors.As(last, &stopped) {
				t.Errorf("it was not stopped: %v", last)
			} else if stopped.Reason == jq.Broken {
				t.Errorf("stopped by %s: %v", stopped.Reason, last)
			}
		})
	}
}

func TestErrorWithALargeValueIsShort(t *testing.T) {
	q, err := jq.Compile(`reduce range(60) as $i (1; [., .]) | error`)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range q.Run(t.Context(), time.Second, "null") {
		if err == nil || len(err.Error()) > 100 {
			t.Errorf("got %v", err)
		}
	}
}
