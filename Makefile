.DEFAULT_GOAL := help
.PHONY: help environment environment-dev evaluation test test-slow test-browser ui lint types contracts lock sample docs rule-audit mutation clean system-packages browser dg

bin := .venv/bin

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

environment: ## Build .venv with what running needs, unless it is up to date
	@.ci/environment

environment-dev: ## Add what the tests need to .venv, unless it is there
	@.ci/environment dev

evaluation: environment ## Run every round: from raw/ to a version in warehouse/
	$(bin)/statsbidrag run --all

ui: environment ## Open Dagster's user interface on this machine only
	$(bin)/statsbidrag ui

dg: environment-dev ## Run Dagster's dg, as in `make dg do="list defs"`; it sends nothing home
	@DG_CLI_CONFIG=.ci/dg.toml $(bin)/dg $(do)

test: lint types contracts ## Check style, types and import contracts, then run the tests
	$(bin)/python -m pytest -n 2 --dist loadfile

test-slow: environment-dev ## Run the tests that take seconds or more
	$(bin)/python -m pytest -n 2 --dist worksteal -m slow

test-browser: environment-dev browser ## Run the tests that need a browser
	$(bin)/python -m pytest -m browser

lint: environment-dev ## Check style and format with ruff
	$(bin)/ruff check --quiet
	$(bin)/ruff format --check --quiet

types: environment-dev ## Check types with mypy
	$(bin)/mypy

contracts: environment-dev ## Check that imports point one way
	$(bin)/lint-imports --no-logo

lock: ## Bring the locks in line with pyproject.toml; `.ci/lock --upgrade` renews every pin
	.ci/lock

sample: environment ## Write the synthetic sample that the tests read
	$(bin)/python -m tests.sample

docs: environment-dev ## Write the pages of docs/ that are generated
	$(bin)/python -m pipelines.documentation
	$(bin)/python -m tests.specification

rule-audit: environment ## Plant known faults, and write what found them to docs/rule-audit.md
	$(bin)/python -m pipelines.audit

mutation: environment-dev ## Change the domain's code, and write what the tests noticed to docs/mutation.md
	$(bin)/python -m tests.mutation

system-packages: ## Install Chromium, Poppler and Node where apt-get may
	@.ci/system-packages

browser: system-packages ## Install what the browser tests need from npm
	@npm --prefix tests/browser ci --silent --no-audit --no-fund

clean: ## Remove .venv and every cache
	rm -rf .venv build *.egg-info tests/browser/node_modules
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find assets pipelines schemas tests -name __pycache__ -prune -exec rm -rf {} +
