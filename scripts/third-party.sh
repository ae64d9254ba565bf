#!/usr/bin/env bash
# Prints THIRD_PARTY: the licences of everything compiled into or embedded in the programs, on all
# systems.
#
#   scripts/third-party.sh > THIRD_PARTY
set -euo pipefail
cd "$(dirname "$0")/.."

# packages prints the module, version, module directory and directory of each package of other
# modules.
packages() {
	local tags os
	for tags in headless "$(sed -n 's/^TAGS *:= *//p' Makefile)"; do
		for os in linux windows darwin; do
			CGO_ENABLED=1 GOOS=$os GOARCH=amd64 go list -tags "$tags" -deps \
				-f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}} {{$.Dir}}{{end}}{{end}}' .
		done
	done | sed '/^$/d' | LC_ALL=C sort -u
}

# notices prints "module version file" for each licence that applies to a package: those in its
# directory, directly below it (fonts, C code) and above it up to its module's directory.
notices() {
	local module version root dir
	while read -r module version root dir; do
		while :; do
			find "$dir" -maxdepth 2 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) \
				-printf "$module $version %p\n"
			[ "$dir" != "$root" ] || break
			dir=$(dirname "$dir")
		done
	done | LC_ALL=C sort -u
}

show() { # title, file
	printf '\n%s\n%s\n\n' "$(printf '=%.0s' {1..80})" "$1"
	tr -d '\r' < "$2" | sed 's/[[:space:]]*$//'
}

echo "SSE Console contains work of others, under the licences below. Made by scripts/third-party.sh."
show "The Go runtime and standard library ($(sed -n 's/^go /go/p' go.mod))" "$(go env GOROOT)/LICENSE"
for file in assets/fonts/LICENSE.DroidSansFallback assets/fonts/LICENSE.NotoSansSC assets/fonts/scripts/LICENSE; do
	show "$file" "$file"
done
packages | notices | while read -r module version file; do
	name=${file#*"${version}"}
	show "$module $version: ${name#/}" "$file"
done
