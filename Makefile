# Takt: `make help` lists what there is. Needs git, make, python3 (3.11 or newer) and python3-venv, nothing else.

PYTHON = python3
PORT = 8000
# Where the tests that need PostgreSQL run, if a server answers there.
DATABASE_URL_TEST = postgres://postgres@127.0.0.1:5432/postgres

BIN = .venv/bin
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
# As an organisation would run it, whatever stands in .env or in the shell.
PRODUCTION = env ENV_FILE= DEBUG=0 HTTPS=1 ALLOWED_HOSTS=learn.example.org DATABASE_URL=sqlite://:memory: CACHE_URL= \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')
DEVELOPMENT = env ENV_FILE= DEBUG=1 HTTPS=0 ALLOWED_HOSTS= DJANGO_RUNSERVER_HIDE_WARNING=true

MAKEFLAGS += --no-print-directory
.PHONY: help run test check lint types format bench audit lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

run: .venv/run ## the demonstration site on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(DEVELOPMENT) $(BIN)/python -m config.demo $(PORT)

test: .venv/dev ## all tests; those for PostgreSQL too if DATABASE_URL_TEST answers
	@if [ "$${DATABASE_URL#postgres}" = "$${DATABASE_URL:-}" ] && $(BIN)/python -c \
	'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=2).close()' "$(DATABASE_URL_TEST)" 2>/dev/null; \
	then $(BIN)/pytest -m 'not postgres' && DATABASE_URL="$(DATABASE_URL_TEST)" $(BIN)/pytest -m postgres -n 0; \
	else $(BIN)/pytest; fi

check: lint types ## everything: lint, formats, types, settings, migrations, templates, tests
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level INFO
	@$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	@$(MAKE) test

lint: .venv/dev ## style of code and templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo 'Run `make format`.'; exit 1; }
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

types: .venv/dev ## types
	@$(BIN)/mypy .

format: .venv/dev ## put code and templates into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true
	@find assessments concepts config tests -name '*.py' -exec $(BIN)/django-upgrade --target-version 5.2 {} + || true

bench: .venv/dev ## how fast it is, beside a floor measured in the same run
	@$(BIN)/python -m bench

audit: .venv/dev ## known vulnerabilities in what we depend on (asks the package index)
	@$(BIN)/pip-audit --requirement requirements.txt --disable-pip

lock: ## requirements*.txt anew from the .in files (needs uv); add UPGRADE=--upgrade for newer versions
	@for list in requirements requirements-dev; do uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header $(UPGRADE) $$list.in --output-file $$list.txt >/dev/null || exit 1; done

clean: ## remove what the tools made; the database stays
	@rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is as old as the last installation, so that only a changed list is installed again.
.venv/run: requirements.txt | .venv/bin/python
	@echo 'Installing what Takt needs (once) ...'
	@$(PIP) --requirement requirements.txt && touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo 'Installing what the tests need (once) ...'
	@$(PIP) --requirement requirements-dev.txt && touch $@

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON): run `sudo apt-get install python3 python3-venv`.'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Takt needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1): name a newer one, as in \`make run PYTHON=python3.12\`."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python cannot make an environment: run `sudo apt-get install python3-venv`, then this again.'; exit 1; }
	@$(PYTHON) -m venv .venv
