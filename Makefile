# `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help run test bench format translations

help: ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## Set up, migrate, load demo data once, and serve on http://127.0.0.1:8000 (PORT= to change)
	@bin/run

test: ## Set up and run every check that CI runs
	@bin/test

bench: ## Measure the main pages and print the figures of docs/benchmarks.md
	@bin/set-up test
	@.venv/bin/python -m bench

format: ## Put the code in shape
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

translations: ## Collect strings into the catalogues
	@.venv/bin/python bin/translations.py collect
