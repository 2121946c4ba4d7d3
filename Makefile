GOLANGCI = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# RACE=-race turns the race detector on.
RACE =

.PHONY: list demo test lint bench

list: # this list (the default)
	@grep -E '^[a-z]+: .*#' Makefile | sed -E 's/^([a-z]+): .*# ?(.*)/make \1\t\2/' | expand -t 12

demo: # talk with the bot in the browser; needs nothing but Go
	go run ./cmd/khoinghiep demo

test: # all tests, on private throw-away PostgreSQL and Redis servers and Chromium; installs those on Debian when missing
	.ci/setup
	go test -timeout 45m -parallel 4 $(RACE) ./...

lint: # formatting, go vet and golangci-lint
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "run gofmt -w on:" $$unformatted; exit 1; }
	go vet ./...
	go run $(GOLANGCI) run

bench: # all benchmarks, without the tests
	.ci/setup
	go test -run '^$$' -bench . -benchmem ./...
