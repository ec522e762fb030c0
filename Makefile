# Everything Waypost needs is set up by the commands below; `make help` lists them.
# Wanted on the machine: Python 3.11 or later with its venv, git, make.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto

RUN := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUNBUFFERED = 1

CLIENT := $(shell find client -type f 2>/dev/null)
WORDS := $(wildcard translations/*/LC_MESSAGES/*.po)
# One file a step: a step runs again only when what it depends on changed.
VENV := .venv/.made
APP := .venv/.installed
DEV := .venv/.installed-dev
NODE := node_modules/.installed
BUILT := static/build/.built
COMPILED := translations/.compiled

.PHONY: help install demo serve test check types words locks bench fresh clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## */\t/' | expand -t 10

install: $(APP) $(BUILT) $(COMPILED)  ## set up .venv with .venv/bin/waypost, the built client and the translations

demo: install  ## the sample race with simulated teams on http://localhost:8000 (PORT=…, SPEED=…)
	@exec .venv/bin/waypost demo --port $(PORT) $(if $(SPEED),--speed $(SPEED))

serve: install  ## the production server (PORT=…)
	@exec .venv/bin/waypost serve --port $(PORT)

test: install $(DEV)  ## the whole test suite (ARGS="tests/race -k punch" for a part, WORKERS=0 for one process)
	@$(RUN) tools/parts.py
	@$(RUN) -m pytest -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: install $(DEV) types  ## lint, formatting, types, floors, lengths
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -q tests/test_floors.py tests/test_lengths.py tests/test_pages_are_strict.py

types: $(NODE)  ## the client's types
	@test -z "$(CLIENT)" || $(RUN) tools/node.py npm run --silent types

words: $(DEV)  ## put new sentences into translations/, and list what is not translated yet
	$(RUN) tools/translate.py

locks: $(DEV)  ## compile the lock files again after a change of requirements*.in or package.json
	$(RUN) tools/locks.py

bench: install  ## measure what the server and the rules cost, beside their limits: a table, and bench/last.json
	@$(RUN) -m bench

fresh: install  ## prove both commands on a clean clone of HEAD with an empty HOME and no Node on the path
	@$(RUN) tools/fresh.py

clean:  ## remove all that make set up (instance/, with its database, stays)
	rm -rf .venv node_modules static/build build *.egg-info .mypy_cache .ruff_cache .pytest_cache $(COMPILED)
	find translations -name '*.mo' -delete

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Waypost needs Python 3.11 or later; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "This Python has no venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

$(APP): $(VENV) requirements.txt pyproject.toml
	$(RUN) -m pip install -q --require-hashes -r requirements.txt
	@# PYTHONWARNINGS: setuptools warns that the packages lie in the folder they are edited in, as they should
	PYTHONWARNINGS=ignore $(RUN) -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(APP) requirements-dev.txt
	$(RUN) -m pip install -q --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

$(NODE): $(APP) package.json package-lock.json .npmrc
	$(RUN) tools/node.py npm ci --silent
	@touch $@

$(BUILT): $(NODE) $(CLIENT) package.json tools/client.py
	$(RUN) tools/client.py build
	@touch $@

$(COMPILED): $(APP) $(WORDS)
	@test -z "$(WORDS)" || $(RUN) -m babel.messages.frontend -q compile -d translations
	@mkdir -p translations && touch $@
