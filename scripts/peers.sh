#!/usr/bin/env bash
# Runs the tests with other programs, such as browsers. They are in packages named
# peers, behind the build tag peers. Arguments are passed to go test after the
# packages.
set -euo pipefail
cd "$(dirname "$0")/.."

# The npm packages that the tests use. A test skips without them, and fails in CI.
for dir in server/peers/testdata/npm ui/cli/peers/testdata/npm; do
	npm ci --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts ||
		echo "peers: npm cannot install the packages of $dir" >&2
done

mapfile -t packages < <(go list -tags peers ./... | grep '/peers$')
# One package at a time, since a browser needs the whole machine.
go test -count=1 -p 1 -timeout 30m -tags peers "${packages[@]}" "$@"
