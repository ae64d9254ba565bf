# SSE Console. `make help` lists the targets.

# X11 only (Wayland runs it through XWayland): GLFW has no Chinese input method on native Wayland. No
# animations: a blinking cursor redraws the whole window twelve times a second, a tenth of a core.
TAGS    := x11,migrated_fynedo,no_animations
GOBUILD := go build -ldflags "-s -w"
GOVULNCHECK := v1.9.0
# The same for builds, tests and lint, so that they share the build cache. No VCS stamp: it fails if
# the checkout belongs to another user, as under sudo.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath -buildvcs=false)

.DEFAULT_GOAL := help
.PHONY: run test test-peers soak bench screenshots build build-headless man lint vulncheck clean help

run: ## build and open the window (without a display: play a demonstration)
	@scripts/setup.sh run
	@$(MAKE) --no-print-directory build
	@scripts/run.sh

test: ## run the unit tests and the end-to-end tests
	@scripts/setup.sh test
	@scripts/test.sh

test-peers: ## run the tests with other programs: browsers, curl, Node, nginx, HAProxy
	@scripts/setup.sh peers
	@scripts/peers.sh

build: ## build bin/sseconsole
	@scripts/setup.sh build
	@[ -e bin/sseconsole ] || echo "The first build compiles Fyne, which takes a few minutes."
	$(GOBUILD) -tags $(TAGS) -o bin/sseconsole .

build-headless: ## build bin/sseconsole-headless: static, no window
	@scripts/setup.sh go
	CGO_ENABLED=0 $(GOBUILD) -tags headless -o bin/sseconsole-headless .

man: ## write the manual page, bin/sseconsole.1
	@scripts/setup.sh go
	@mkdir -p bin
	CGO_ENABLED=0 go run -tags headless . man >bin/sseconsole.1

soak: ## run the long tests: millions of records, kills, fuzzing, half a minute at full speed, signals
	@scripts/setup.sh test
	@scripts/soak.sh

bench: ## run the measurements of the documents
	@scripts/setup.sh test
	@scripts/bench.sh

screenshots: ## write the pictures of the documents to docs/screenshots
	@scripts/setup.sh test
	@scripts/screenshots.sh

lint: ## run gofmt, go vet, staticcheck and the import rules
	@scripts/setup.sh build
	@scripts/lint.sh

# Not part of CI: not every machine that runs the tests can reach vuln.go.dev.
vulncheck: ## look for known vulnerabilities in the code that is called (needs vuln.go.dev)
	@scripts/setup.sh build
	go run golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK) -tags $(TAGS) ./...

clean: ## remove the programs and the demonstration's screenshots
	rm -rf bin out

help: ## print this list
	@sed -n 's/^\([a-z-]*\): ## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24
