# Everything a newcomer needs; `make` alone lists it. The work is done by scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-services mutants check fmt lock

PORT ?= 8000
export PORT
ARGS ?=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

setup: ## .venv, packages, system libraries, .env; quick when nothing changed
	@scripts/setup

demo: ## the application with a demonstration region on http://127.0.0.1:8000 (PORT=8001 for another port)
	@scripts/setup --no-browser
	@scripts/demo

run: ## development server that reloads, on the database of .env
	@scripts/setup --no-browser
	@.venv/bin/python manage.py migrate --noinput -v 0
	@.venv/bin/python manage.py runserver 127.0.0.1:$(PORT)

test: setup ## the tests, on SQLite unless DATABASE_URL says otherwise; ARGS="-k name" for a part
	@scripts/test $(ARGS)

test-services: setup ## the same tests on PostgreSQL, Redis and a Celery worker; nothing is skipped
	@scripts/with-services scripts/test $(ARGS)

mutants: ## changes the law and the rules a little and tells what no test notices; ARGS="--group law", ARGS="--file FILE"
	@scripts/setup --no-browser
	@scripts/mutants $(ARGS)

check: setup ## formatter, linter, types, layers, missing migrations; needs no database
	@scripts/check

fmt: ## put code and templates in the house format
	@scripts/setup --no-browser
	@scripts/fmt

lock: ## renew constraints.txt after a change in the requirement files
	@scripts/lock
