#!/usr/bin/env bash
# Opens the window. Without a display, plays the demonstration on a virtual one.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}" ]; then
	exec bin/sseconsole
fi
echo "No display (DISPLAY is not set): the window opens on a virtual one and plays a short demonstration."
rm -rf out/demo
mkdir -p out/demo
scripts/xvfb.sh bin/sseconsole -demo out/demo
echo "Screenshots of the window are in out/demo:"
ls out/demo
