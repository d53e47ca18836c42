# make demo   what it is, shown         make test      the tests that every change runs
# make lint   style, types, imports     make test-all  all tests, on every Python 3.11 and later
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-long lint format bench schema catalogue clean

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := -m pip --disable-pip-version-check install --quiet
# As pip does with what is not editable, also where Python itself may not write bytecode.
COMPILED = $(BIN)/python -m compileall -q src

POLICY := examples/policies/customer-support.escalation.yaml
TICKETS := examples/tickets/customer-support.jsonl
NOW := 2026-11-20T10:30:00+02:00
TICKET := CS-4
# A folder of policies, and a ticket that changes hands: what the customer and the next owner read.
DESK := examples/desk
LATE := D-4
LATER := 2026-11-23T09:10:00+01:00

help:
	@sed -n '1,2p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "escalate needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

# A stamp for each set of extras: what is up to date is not installed again.
$(VENV)/.demo: pyproject.toml | $(BIN)/python
	@test $(VENV)/.dev -nt pyproject.toml || $(BIN)/python $(PIP) --editable '.[cli,holidays]'
	@$(COMPILED)
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python $(PIP) --editable '.[dev]'
	@$(COMPILED)
	@touch $@

# The engines that only long tests and benchmarks need: several hundred megabytes.
$(VENV)/.engines: $(VENV)/.dev
	$(BIN)/python $(PIP) --editable '.[engines]'
	@touch $@

demo: $(VENV)/.demo
	@echo '$$ escalate check $(POLICY)'
	@$(BIN)/escalate check $(POLICY)
	@echo
	@echo '$$ escalate decide $(POLICY) $(TICKETS) --now $(NOW)'
	@$(BIN)/escalate decide $(POLICY) $(TICKETS) --now $(NOW)
	@echo
	@echo '$$ escalate explain $(POLICY) $(TICKETS) --id $(TICKET) --now $(NOW)'
	@$(BIN)/escalate explain $(POLICY) $(TICKETS) --id $(TICKET) --now $(NOW)
	@echo
	@echo '$$ escalate decide $(DESK) $(DESK)/tickets.jsonl --now $(LATER)'
	@$(BIN)/escalate decide $(DESK) $(DESK)/tickets.jsonl --now $(LATER)
	@echo
	@echo '$$ escalate explain $(DESK) $(DESK)/tickets.jsonl --id $(LATE) --now $(LATER)'
	@$(BIN)/escalate explain $(DESK) $(DESK)/tickets.jsonl --id $(LATE) --now $(LATER)
	@echo
	@echo '$$ escalate explain $(DESK) $(DESK)/tickets.jsonl --id $(LATE) --now $(LATER) --handover'
	@$(BIN)/escalate explain $(DESK) $(DESK)/tickets.jsonl --id $(LATE) --now $(LATER) --handover

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m 'not slow'

# What `make test` leaves out: whole logs, long runs of the laws, the other Pythons.
test-long: $(VENV)/.engines
	$(BIN)/python -m pytest -n 2 -m slow
	@tools/each-python

# TESTED=yes: `make test` has just had its turn.
test-all: $(if $(TESTED),,test) test-long

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The peers to compare with: those that cannot be installed here are named and left out.
$(VENV)/.bench: benchmarks/requirements.txt $(VENV)/.engines
	@grep -v '^#' $< | while read -r peer; do \
	  $(BIN)/python $(PIP) "$$peer" || echo "$$peer cannot be installed here"; done
	@touch $@

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

schema: $(VENV)/.dev
	$(BIN)/python -m escalate.policy.schema
	$(BIN)/python -m escalate.testing.schema

catalogue: $(VENV)/.dev
	$(BIN)/python -m escalate.analysis

clean:
	rm -rf .venv .venv-* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
