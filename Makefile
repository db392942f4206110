SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench format translations

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: ## Set up all that is needed, migrate, load demo data on the first start, serve on http://127.0.0.1:8000 (PORT= to change)
	@bin/set-up
	@exec bin/serve

test: ## Set up all that is needed and run every check CI runs
	@exec .ci/run

bench: ## Measure the figures of docs/benchmarks.md
	@bin/set-up --checks
	@exec .venv/bin/python -m bench

format: ## Put the code in order
	@bin/set-up --checks
	.venv/bin/ruff check -q --fix .
	.venv/bin/ruff format -q .

translations: ## Gather the texts of code and templates into the catalogues, and compile them
	@bin/set-up --checks
	@.venv/bin/python bin/translations.py update
