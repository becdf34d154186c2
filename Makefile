# Mentronome: what there is to run. `make demo` needs Python 3.11 with venv, and nothing else installed.
#
#   make demo    the playground with a sample company    DATA=folder PORT=number ARGS='--empty'
#   make test    everything: style, types, layers, all tests, in Chromium too
#   make check   style, types and layers only
#   make faults  the tests that kill processes, with many kills    KILLS=number
#   make bench   the benchmarks    ONLY=name
#   make format  put the code in its usual form
#   make lock    pin the newest versions that pyproject.toml allows, with hashes

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo dev test check faults bench format lock chromium

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
KILLS ?= 100
CODE = $(wildcard bot adapters scheduler migrations tests benchmarks)
# Bytecode is kept, whatever the environment says: without it each start compiles a hundred packages anew.
export PYTHONDONTWRITEBYTECODE :=
PIN := $(BIN)/uv pip compile --quiet --system-certs --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header
INSTALL := $(BIN)/uv pip install --quiet --system-certs --compile-bytecode --python $(BIN)/python

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

demo: .venv/.run
	@exec $(BIN)/mentronome demo $(if $(DATA),--data '$(DATA)') $(if $(PORT),--port '$(PORT)') $(ARGS)

dev: .venv/.dev

test: check chromium
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile tests $(ARGS)

check: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --cache-dir build/import-linter

faults: .venv/.dev
	KILLS=$(KILLS) $(BIN)/python -m pytest tests/faults $(ARGS)

bench: .venv/.dev
	@mkdir -p build
	$(BIN)/python -m benchmarks $(ONLY)

format: .venv/.dev
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

chromium: .venv/.dev
	@tools/chromium.sh

lock: .venv/.uv
	echo uv | $(PIN) --no-annotate - -o requirements/uv.txt
	$(PIN) pyproject.toml --extra build -o requirements/run.txt
	$(PIN) pyproject.toml --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
	@! grep -nE '://|^ *(-i|-f|--[a-z-]*(index|links))' requirements/*.txt || { echo 'a lock holds an address'; exit 1; }

# The environment, in steps with a stamp each: what is up to date is not done again.

.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "'$(PYTHON)' is not Python 3.11 or later: install it, or name it with PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing: as root, apt-get install python3-venv." >&2; exit 1; }
	@echo 'Preparing the virtual environment .venv'
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt pyproject.toml
	@echo 'Installing what is pinned in requirements/run.txt'
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@echo 'Installing what is pinned in requirements/dev.txt'
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
