# The same targets for people and for .ci/run. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# its own environment: it pins an old typer
CLIENT := 0.29.1

help:  ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.editable  ## make .venv and install the hash-locked requirements

brief: setup  ## write and print one athlete's daily brief; DATA=FILE imports FILE first
	@$(BIN)/fitintel brief $${DATA:+--data "$$DATA"} || test $$? -eq 3  # 3: done, some rows are quarantined

# Files of tests are dealt out to as many processes as there are cores; what a file sets up is set up once. Tracebacks are
# those of Python: pytest parses sources for its own, which fails in a process that has run Playwright (greenlets).
EVERY_CORE := -n logical --dist loadfile --tb=native

test: setup  ## run the tests
	@$(PY) -m pytest $(EVERY_CORE) -m "not slow"

test-full: setup  ## run the tests with the full form of the long suites
	@$(PY) -m pytest $(EVERY_CORE)

fuzz: setup  ## fuzz each reader of files for EACH=120 s; TARGETS="gpx fit", SEED; findings stay in var/fuzz
	@seed=$${SEED:-$$(date +%s)}; failed=; \
	  for target in $${TARGETS:-$$($(PY) -m tests.fuzz.run list 2>/dev/null)}; do \
	    echo "== $$target, seed $$seed"; \
	    $(PY) -m tests.fuzz.run "$$target" --seconds "$${EACH:-120}" --seed "$$seed" --keep var/fuzz \
	      || failed="$$failed $$target"; \
	  done; test -z "$$failed" || { echo "Found something in:$$failed. See var/fuzz" >&2; exit 1; }

check: setup  ## ruff, mypy, import-linter, generated files up to date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(PY) -m fitintel.cli.generate --check
	@$(PY) -m fitintel.cli.catalogues --check

catalogues: setup  ## gather the messages of the sources into the catalogues of every language
	@$(PY) -m fitintel.cli.catalogues

generate: setup  ## write registry/cards.json and the generated pages of docs/
	@$(PY) -m fitintel.cli.generate

client: setup  ## generate the Python client from the OpenAPI document
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	  $$($(FIND_PYTHON)) -m venv "$$tools/venv" && \
	  "$$tools/venv/bin/python" -m pip install --quiet 'openapi-python-client==$(CLIENT)' && \
	  $(PY) -m fitintel.api.document "$$tools/openapi.json" && \
	  PATH="$(CURDIR)/$(BIN):$$PATH" "$$tools/venv/bin/openapi-python-client" generate --meta none --overwrite \
	    --path "$$tools/openapi.json" --output-path clients/python/fitintel_client && \
	  rm -rf clients/python/fitintel_client/.ruff_cache && cp "$$tools/openapi.sha256" clients/python/

examples: setup  ## record the examples of the OpenAPI document from a simulated squad; then: make client
	@$(PY) -m tests.api.recorded

golden: setup  ## record the outputs of new algorithm versions in tests/golden
	@$(PY) -m tests.golden_cases

evaluate: setup  ## measure everything and keep it in registry/evaluation.json; DATA=FILE evaluates that history
	@$(BIN)/fitintel evaluate all --json $${DATA:+--data "$$DATA"} > registry/evaluation.draft
	@mv registry/evaluation.draft registry/evaluation.json
	@$(BIN)/fitintel evaluate show

pictures: setup  ## make the pictures of docs/ in a real browser
	@FITINTEL_SCREENSHOTS=docs/images $(PY) -m pytest -p no:cacheprovider $(wildcard tests/app/test_browser.py tests/board)

bench: setup  ## measure P1 to P18 as ratios and write docs/performance.md; PARTS="P1 P9" measures some
	@$(PY) -m bench $(PARTS)

bench-check: setup  ## the short forms of the benchmarks beside the ratios that are kept; fails on a loss of two
	@$(PY) -m bench --short --check

lock:  ## compile requirements.lock from pyproject.toml; UPGRADE=--upgrade takes newer releases
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	  $$($(FIND_PYTHON)) -m venv "$$tools" && "$$tools/bin/python" -m pip install --quiet uv && \
	  "$$tools/bin/uv" pip compile pyproject.toml --all-extras --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --no-header --quiet $(UPGRADE) --output-file requirements.lock

clean:  ## remove caches and .venv; the workspace (var/) stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: client examples help setup brief test test-full fuzz check catalogues generate golden evaluate pictures bench bench-check lock clean

# The first interpreter that runs and is one of the tried ones; else any that is new enough.
FIND_PYTHON = sh -c 'for bound in 14 99; do for name in python3 python3.13 python3.12 python3.11 python; do \
  "$$name" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, $$bound))" 2>/dev/null && \
  command -v "$$name" && exit 0; done; done; \
  echo "No Python 3.11 or newer was found. Next: install one, or put it on the PATH." >&2; exit 1'

# A system Python without ensurepip (Debian splits it off) makes the environment without pip and lends it its own.
$(PY):
	@python=$$($(FIND_PYTHON)) && echo "Making $(VENV) with $$($$python --version)" && \
	  { "$$python" -m venv $(VENV) >/dev/null 2>&1 || "$$python" -m venv --clear --without-pip $(VENV); }

PIP = $$(test -x $(BIN)/pip && echo "$(PY) -m pip" || echo "$$($(FIND_PYTHON)) -m pip --python $(PY)")

# pip compiles what it installs whatever PYTHONDONTWRITEBYTECODE says; without bytecode every start costs 3 times as much
$(VENV)/.locked: requirements.lock | $(PY)
	@echo "Installing the locked requirements (some minutes on the first time)"
	@$(PIP) install -qq --disable-pip-version-check --compile --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.editable: $(VENV)/.locked pyproject.toml
	@$(PIP) install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
