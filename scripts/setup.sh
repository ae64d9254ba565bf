#!/usr/bin/env bash
# Installs what is needed; silent if nothing is missing.
#
#   scripts/setup.sh go|build|run|test|peers
#
# On Debian and Ubuntu it installs missing packages if it runs as root or sudo needs
# no password. Otherwise it prints the command and exits with status 1. On other
# systems it checks what is there and says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=$1

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

check_go() {
	local need found
	need=$(sed -n 's/^go //p' go.mod)
	have go || die "Go $need or newer is missing; install it from https://go.dev/dl/ and put its bin directory into PATH"
	# Here go obeys go.mod: it downloads a newer toolchain if allowed, and fails otherwise.
	found=$(go env GOVERSION 2>&1) || die "Go $need or newer is required; go says: $found"
	found=${found#go}
	[ "$(printf '%s\n' "$need" "${found%%-*}" | sort -V | head -n 1)" = "$need" ] ||
		die "Go $need or newer is required, but this is Go $found; install a newer one from https://go.dev/dl/"
}

# needs_virtual_display reports whether the window will run on a virtual display.
needs_virtual_display() {
	case "$purpose $(uname -s)" in
	build* | peers* | *Darwin | *MINGW* | *MSYS* | *CYGWIN*) return 1 ;;
	test*) return 0 ;;
	run*) [ -z "${DISPLAY:-}" ] ;;
	esac
}

debian_packages() {
	echo gcc libc6-dev pkg-config libgl-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev
	[ "$purpose" = build ] && return
	if [ "$purpose" = peers ]; then
		echo curl nginx haproxy
		have node || echo nodejs
		have npm || echo npm
		[ "$ID" != debian ] || echo chromium firefox-esr # Ubuntu's are shims for snaps
		return
	fi
	echo libgl1 libgl1-mesa-dri
	! needs_virtual_display || echo xvfb
	[ "$purpose" = test ] || return 0
	echo openbox xdotool xclip curl dbus-daemon man-db
	# Ubuntu's chromium is a shim for a snap. Tests that need a browser, nchan (another event stream server) or
	# tinyproxy skip there.
	[ "$ID" != debian ] || echo chromium libnginx-mod-nchan tinyproxy-bin
}

setup_debian() {
	local missing installer
	# shellcheck disable=SC2046 # a list of words
	missing=$(comm -23 <(printf '%s\n' $(debian_packages) | sort) <(installed $(debian_packages) | sort) | xargs)
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" = 0 ]; then
		installer=(env)
	elif have sudo && sudo -n true 2>/dev/null; then
		installer=(sudo -n env)
	else
		say "packages are missing; install them and try again:"
		echo "  sudo apt-get update && sudo apt-get install -y $missing" >&2
		exit 1
	fi
	say "installing $missing"
	# RUNLEVEL=1 prevents packages from starting services, such as nginx on port 80.
	installer+=(DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -o DPkg::Lock::Timeout=120)
	# The package lists of one source may fail to load although the packages are available.
	"${installer[@]}" update >&2 || say "apt-get update failed; trying to install anyway"
	# shellcheck disable=SC2086 # a list of words
	"${installer[@]}" install -y --no-install-recommends $missing </dev/null >&2 ||
		die "apt-get could not install $missing"
}

installed() {
	dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p'
}

# compiles reports whether a program with the window's libraries compiles and links.
compiles() {
	local cc
	cc=$(go env CC)
	have "$cc" || return 1
	case $(uname -s) in
	Darwin)
		printf '#import <Cocoa/Cocoa.h>\nint main(void) { return 0; }\n' |
			"$cc" -x objective-c - -framework Cocoa -framework OpenGL -o /dev/null 2>/dev/null
		;;
	MINGW* | MSYS* | CYGWIN*)
		printf 'int main(void) { return 0; }\n' | "$cc" -x c - -lopengl32 -lgdi32 -o "${TMPDIR:-/tmp}/sseconsole-probe.exe" 2>/dev/null
		;;
	*)
		have pkg-config && pkg-config --exists gl &&
			printf '#include <X11/%s>\n' Xlib.h Xcursor/Xcursor.h extensions/{Xrandr,Xinerama,XInput2,shape}.h XKBlib.h |
			"$cc" -x c - -xnone -shared -lGL -lX11 -lXrandr -lXxf86vm -lXi -lXcursor -lXinerama -o /dev/null 2>/dev/null
		;;
	esac
}

setup_other() {
	local program missing=()
	if [ "$purpose" = peers ]; then
		for program in chromium firefox-esr curl node npm nginx haproxy; do
			have "$program" || say "$program not found; the tests that need it will skip"
		done
		return
	fi
	compiles || missing+=("the compiler or libraries of the window")
	if needs_virtual_display; then
		have Xvfb || missing+=(Xvfb)
		if [ "$purpose" = test ]; then
			for program in openbox xdotool xclip; do
				have "$program" || missing+=("$program")
			done
		fi
	fi
	[ ${#missing[@]} -gt 0 ] || return 0

	say "missing: $(printf '%s, ' "${missing[@]}" | sed 's/, $//'). Required:"
	case "$(uname -s) $ID $ID_LIKE" in
	Darwin*)
		echo "  xcode-select --install"
		;;
	*fedora* | *rhel*)
		echo "  sudo dnf install gcc pkgconf-pkg-config mesa-libGL-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel"
		echo "  to run without a display, and for the tests: sudo dnf install mesa-dri-drivers xorg-x11-server-Xvfb openbox xdotool xclip chromium"
		;;
	*arch*)
		echo "  sudo pacman -S --needed gcc pkgconf libglvnd libxcursor libxrandr libxinerama libxi libxxf86vm"
		echo "  to run without a display, and for the tests: sudo pacman -S --needed mesa xorg-server-xvfb openbox xdotool xclip chromium"
		;;
	MINGW* | MSYS* | CYGWIN*)
		echo "  gcc from MSYS2: pacman -S --needed mingw-w64-x86_64-gcc"
		;;
	*)
		echo "  a C compiler (gcc) with the C library's headers, and pkg-config"
		echo "  the headers and libraries of libGL, libX11, libXcursor, libXrandr, libXinerama, libXi, libXxf86vm, libXext"
		echo "  to run: an OpenGL driver such as Mesa's; without a display, and for the tests: Xvfb, openbox, xdotool, xclip, chromium"
		;;
	esac >&2
	exit 1
}

check_go
[ "$purpose" != go ] || exit 0

ID='' ID_LIKE=''
# shellcheck source=/dev/null
[ ! -r /etc/os-release ] || . /etc/os-release
case " $ID $ID_LIKE " in
*" debian "* | *" ubuntu "*) setup_debian ;;
*) setup_other ;;
esac
