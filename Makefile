# `make run` and `make test` need Python 3.11 or newer and make, nothing else: .venv is made when it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest

# Two processes share the tests: each has servers of its own to feed. One that is alone (`-n 0`) runs the same.
SHARED := -n logical --maxprocesses 2 --no-loadscope-reorder

# The tests start Python some hundred times: what was compiled once is kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run serve test test-fast e2e check types style rooms packages gold replay bench bench-ingest bench-prefect bench-reprocess bench-pages endurance fuzz lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.runtime  ## the demonstration: baseline, feed, alerts as mails, figures; needs no internet
	@$(BIN)/python -m flows demo $(if $(STAY),--stay)

serve: $(VENV)/.runtime  ## everything for good on this machine, with monitor.toml (see `monitor init`)
	@$(BIN)/python -m flows serve --config monitor.toml

test: $(VENV)/.dev  ## the tests, real Prefect server and PostgreSQL included; nothing to install by hand
	@$(PYTEST) -m "not e2e and not clock" $(SHARED)
	@$(PYTEST) -m clock
	@echo "left to \`make e2e\`: the tests that need a browser or Debian packages"

test-fast: $(VENV)/.dev  ## those of them that need no server, no PostgreSQL and no processes: seconds
	@$(PYTEST) -m "not e2e and not prefect and not postgres and not process"

e2e: $(VENV)/.e2e  ## the tests that need a browser or Debian packages; installs them when run as root
	@$(BIN)/python tests/e2e/needs.py
	@$(PYTEST) -m e2e

check: $(VENV)/.dev  ## style, types, directions between the rooms, dependencies
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target types style rooms packages

types: $(VENV)/.dev
	@$(BIN)/mypy

style: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

rooms: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo

packages: $(VENV)/.dev
	@$(BIN)/python -m pip --disable-pip-version-check check

gold: $(VENV)/.dev  ## score the extraction against annotated texts
	@$(BIN)/python tests/gold/run.py

replay: $(VENV)/.dev  ## score the alerts of whole time lines
	@$(BIN)/python tests/replay/time_lines.py

bench: $(VENV)/.dev  ## how fast each step is on this machine; STORED="1000 1000000" FOLD=1000000 goes further
	@$(BIN)/python tests/bench/run.py $(if $(STORED),--stored $(STORED)) $(if $(FOLD),--fold $(FOLD))

bench-ingest: $(VENV)/.dev var/reader/.made  ## how feeds are taken in, beside lemon24/reader (in an environment of its own)
	@$(BIN)/python tests/bench/ingest.py --reader var/reader/bin/python

bench-prefect: $(VENV)/.dev  ## what a run costs more under Prefect, over 1,000 unchanged feeds
	@$(BIN)/python tests/bench/prefect_overhead.py

bench-reprocess: $(VENV)/.dev  ## how reading stored texts again shares two cores
	@$(BIN)/python tests/bench/rereading.py

bench-pages: $(VENV)/.dev  ## how long the figures' pages take and how large they are, STORED=1000000 claims
	@$(BIN)/python -W ignore tests/bench/pages.py --stored $(or $(STORED),1000000)

endurance: $(VENV)/.dev  ## DAYS=24 simulated days of watching: memory, open files, growth, every alert; an hour or so
	@$(BIN)/python tests/bench/endurance.py --days $(or $(DAYS),24)

# reader is measured, never used. It needs sgmllib and doesn't say so.
var/reader/.made:
	@$(PYTHON) -m venv var/reader
	@var/reader/bin/python -m pip --quiet --quiet --disable-pip-version-check install reader==3.26 sgmllib3k==1.0.0
	@touch $@

fuzz: $(VENV)/.dev  ## texts that try to break the extraction, for MINUTES=10; SEED= repeats a run
	@$(BIN)/python tests/extract/fuzz.py --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

lock:  ## pin the requirements again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra build --extra demo pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --all-extras pyproject.toml -c requirements.txt -o requirements-dev.txt

clean:  ## remove the environment, caches and the demonstration's state
	rm -rf $(VENV) build dist var/demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf *.egg-info src/*.egg-info

# The files are complete: --no-deps keeps pip's resolver out, which stumbles over extras when it also checks hashes.
define install
	@echo "installing $(1) into $(VENV) ..."
	@$(PIP) install --no-compile --no-deps --require-hashes -r $(1)
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true  # what pip does on one core; some packages hold templates
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; say which with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "$(PYTHON) can't make an environment (on Debian: apt-get install python3-venv)" >&2; exit 2; }
	@touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.python
	$(call install,requirements.txt)

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.python
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime

$(VENV)/.e2e: $(VENV)/.dev
	@touch $@
