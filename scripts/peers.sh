#!/usr/bin/env bash
# Runs the tests with programs of others, such as browsers. They lie in packages
# of their own that are called peers, behind the build tag of that name.
# Arguments follow the packages of go test.
set -euo pipefail
cd "$(dirname "$0")/.."

# The npm packages that the tests use. A test skips without them, and fails in CI.
for dir in server/peers/testdata/npm ui/cli/peers/testdata/npm; do
	npm ci --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts ||
		echo "peers: npm cannot install the packages of $dir" >&2
done

mapfile -t packages < <(go list -tags peers ./... | grep '/peers$')
# One package after the other, since a browser wants the machine for itself.
go test -count=1 -p 1 -timeout 30m -tags peers "${packages[@]}" "$@"
