# The front door. Each target does its own set-up; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
GCI_DATA ?= data
SIGN_OFF ?= unattended first run
PORT ?= 8080
WORKERS ?= 2
export GCI_DATA
# Where it is set, every process compiles all of the project anew: a test run starts some hundreds.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

LINTERS := lint-types lint-sql lint-style

.PHONY: env run up check test quick linted coverage model rule page warehouse docs picture texts test-slow test-server test-pages test-programs test-distributed packages lint $(LINTERS) format mutants \
	bench lock help

env: .venv/.ready  ## make .venv/ from requirements.lock, with .venv/bin/gci

.venv/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements.lock)"
	$(BIN)/uv pip sync --quiet --system-certs --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

run: env  ## replay 2020, 2024 and partner data through Airflow, dbt and the gates into $GCI_DATA (default data/)
	$(BIN)/gci replay --edition 2020 --edition 2024 --partners
	$(BIN)/gci run --edition 2020 --edition 2024 --partners --sign-off "$(SIGN_OFF)"

up: env  ## start Airflow with its UI on this machine, until Ctrl-C (PORT=8080)
	$(BIN)/gci up --port $(PORT)

check: env lint  ## lint, types, and the tests that need no warehouse
	$(BIN)/pytest -m "not slow and not warehouse" -n $(WORKERS) --dist loadfile -q tests/unit tests/faults tests/docs

test: env packages  ## lint, types and all tests but the slow suites; lint beside the tests, its words after theirs
	+@$(MAKE) --no-print-directory --keep-going -j 2 quick linted; code=$$?; cat build/lint.log; exit $$code

quick:
	seed=$${SUITE_SEED:-$$RANDOM}; echo "hash seed $$seed (repeat with SUITE_SEED=$$seed)"; \
		PYTHONHASHSEED=$$seed $(BIN)/pytest -m "not slow" -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 25

linted:
	@mkdir -p build
	+@nice $(MAKE) --no-print-directory $(LINTERS) > build/lint.log 2>&1

coverage: env  ## which lines of gci the tests of make check reach
	$(BIN)/pytest -m "not slow and not warehouse" -n $(WORKERS) --dist loadfile -q --cov=gci tests/unit tests/faults tests/docs

model: env  ## build a model, its tests and unit tests on a kept warehouse (M=overall_scores; seconds)
	$(BIN)/python tests/development.py model "$(M)"

rule: env  ## hold the kept warehouse against one rule of the gates (R=ranks_and_tiers_follow_from_scores)
	$(BIN)/python tests/development.py rule "$(R)"

page: env  ## write a page of the server, or a letter, without a server (P=status/2026, P=letter/EST/fr)
	$(BIN)/python tests/development.py page "$(P)"

warehouse: env  ## make the kept warehouse of model, rule and page anew, in .dev/
	$(BIN)/python tests/development.py warehouse

docs: env  ## build the documents as a site into build/docs; a link that leads nowhere is an error
	$(BIN)/mkdocs build --quiet

test-slow: env  ## slow tests without a target of their own: rebuilt rounds, one thread, corrections over the years (some minutes)
	$(BIN)/pytest -m slow -n $(WORKERS) --dist loadfile tests/dags tests/dbt tests/end_to_end tests/unit

test-server: env  ## hold a real server to account: backfill, clear, two at once, kills, restore (some minutes)
	$(BIN)/pytest -p no:randomly -m slow tests/server

test-pages: env packages  ## every kind of page in Chromium: axe, keys, widths, print (a minute or two)
	$(BIN)/pytest -m slow tests/site

test-programs: env  ## R reads a release, figure by figure; installed where that may be done (a minute)
	$(BIN)/pytest -m slow tests/programs

test-distributed: env  ## the services of docker-compose.yml as processes, two workers, one killed; DuckLake (some minutes)
	$(BIN)/pytest -m slow tests/store tests/distributed

packages:  ## install what tests need of the system (LibreOffice, Chromium), where that may be done
	tests/system_packages.sh

lint: env  ## ruff, import-linter, sqlfluff, mypy; side by side
	+$(MAKE) --no-print-directory -j $(WORKERS) $(LINTERS)

lint-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/draw_packages.py --check

lint-sql:
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models

lint-types:
	$(BIN)/mypy

picture: env  ## draw the packages and what they use into docs/architecture.md
	$(BIN)/python docs/draw_packages.py

texts: env  ## bring the catalogues of texts in six languages to what is said now, and name what they lack
	$(BIN)/python -m gci.texts.extract

format: env  ## let ruff and sqlfluff mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar dbt_project/models

mutants: env  ## hold every corruption of a published file against the gates
	$(BIN)/pytest -n $(WORKERS) tests/mutants

bench: env  ## print times, memory and the ratio to bare SQL, also at 10 and 100 times the states (SCALES="1 10"); collecting beside openpyxl; auditing beside a NumPy loop; site and profiles
	$(BIN)/python tests/bench/bench.py
	$(BIN)/python tests/bench/collecting.py
	$(BIN)/python tests/bench/auditing.py
	$(BIN)/python tests/bench/reading.py

lock: env  ## resolve pyproject.toml anew into requirements.lock (names no index)
	$(BIN)/uv pip compile --system-certs --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12
