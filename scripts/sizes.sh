#!/usr/bin/env bash
# Prints how many bytes of the program each library takes, as a table in Markdown: code,
# data, and a share of the table of functions in proportion to the code. What serves all
# of them (types, strings, the standard library) is one row.
set -euo pipefail
cd "$(dirname "$0")/.."

tags=${TAGS:-x11,migrated_fynedo,no_animations}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -tags "$tags" -o "$dir/named" .
go build -tags "$tags" -ldflags '-s -w' -o "$dir/program" .
go list -deps -tags "$tags" -f '{{with .Module}}{{$.ImportPath}} {{.Path}} {{.Version}}{{end}}' . >"$dir/modules"
section() { readelf -SW "$dir/program" | sed 's/^ *\[ *[0-9]*\] *//' | awk -v name="$1" -v field="$2" '$1 == name {print $field}'; }

go tool nm -size "$dir/named" | awk -v whole="$(stat -c %s "$dir/program")" \
	-v table=$((16#$(section .gopclntab 5))) -v unset="$(section .bss 3 | sed 's/^0*//')" '
	FILENAME != "-" { module[$1] = $2; version[$2] = $3; next }
	$3 ~ /^[TtRrDd]$/ && !(length($1) == length(unset) && $1 "" >= unset "") && $2 < 1e8 {
		name = $4
		sub(/[[(].*/, "", name)                       # type arguments and receivers
		path = name
		sub(/[^\/]*$/, "", path)
		last = substr(name, length(path) + 1)
		sub(/\..*/, "", last)
		gsub(/%2e/, ".", last)
		lib = module[path last]
		if (lib == "") lib = name ~ /\./ ? "" : "C"
		bytes[lib] += $2
		if ($3 ~ /[Tt]/) { code[lib] += $2; codes += $2 }
	}
	END {
		for (lib in bytes) {
			size = bytes[lib] + table * code[lib] / codes
			rest += lib == "" ? 0 : size
			if (lib != "" && lib != "C") printf "%d\t%s %s\n", size, lib, version[lib]
		}
		rest -= bytes["C"]
		printf "%d\tGo: standard library, types, strings, and C\n", whole - rest
	}' "$dir/modules" - | sort -rn | awk -F '\t' '
	BEGIN { print "| library | KB |\n|---|---|" }
	{ sum += $1; printf "| %s | %.0f |\n", $2, $1 / 1000 }
	END { printf "| all | %.0f |\n", sum / 1000 }'
