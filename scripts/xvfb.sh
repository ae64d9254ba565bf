#!/usr/bin/env bash
# Runs a command on its own virtual display and removes the display afterwards.
#
#   scripts/xvfb.sh COMMAND [ARGUMENT]...
#
# It exits with the command's status. SCREEN is the size of the display.
set -euo pipefail

dir=$(mktemp -d)
xvfb='' child=''
cleanup() {
	[ -z "$child" ] || kill "$child" 2>/dev/null || true
	[ -z "$xvfb" ] || { kill "$xvfb" && wait "$xvfb"; } 2>/dev/null || true
	rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkfifo "$dir/display"
Xvfb -displayfd 3 -screen 0 "${SCREEN:-1280x900}x24" -nolisten tcp 3>"$dir/display" 2>"$dir/log" &
xvfb=$!
# Xvfb chooses a free number and writes it when it accepts connections.
if ! read -r -t 30 number <"$dir/display"; then
	echo "Xvfb did not start:" >&2
	cat "$dir/log" >&2
	exit 1
fi

# In the background: traps run during wait, but not during a foreground command.
DISPLAY=:$number "$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=''
exit "$status"
