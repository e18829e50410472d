# make run      the site on http://127.0.0.1:8000 (PORT=8001 for another port)
# make test     the checks and the whole suite, on SQLite or on what DATABASE_URL says
# make any-day  the tests about dates, at the moments at which dates go wrong
# make soak     the races, a hundred times each, and what takes minutes: the site and its set-up killed, memory, mail
# make bench    the site beside a bare application and nginx, under load: bench/RESULTS.md
# make bench-scale   each page with 2,000 and with 100,000 pieces, by which plans: bench/RESULTS-scale.md
# make bench-few-many   the time each page takes with 50 and with 5,000 submissions
# make together   nginx, two web processes, a worker and Redis as one site: DATABASE_URL=postgres://…
# make screenshots   the pictures of the README, from a demonstration that runs beside it
PORT ?= 8000
PYTHON ?= python3
RACES ?= 3
WORKERS ?= 2
TESTS ?= tests
BIN = .venv/bin
CHROMIUM = $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
HAS_UV = $(shell uv --version >/dev/null 2>&1 && echo yes)
INSTALL = $(if $(HAS_UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) --require-hashes
# of two that install at once the second waits; what a killed one left of pip is made whole
HOLD = $(if $(shell command -v flock),flock Makefile)
WHOLE = $(if $(HAS_UV),true,{ $(BIN)/python -m pip --version || $(BIN)/python -m ensurepip; } > /dev/null 2>&1)

.PHONY: run test any-day lint soak bench bench-scale bench-few-many together coverage screenshots lock clean

run: .venv/core
	@exec env DEBUG=0 DEMO=1 PORT=$(PORT) $(BIN)/python manage.py serve

test: .venv/dev $(if $(CHROMIUM),.venv/browser) lint
	@RACES=$(RACES) $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(TESTS)

any-day: .venv/dev
	@$(BIN)/python -m tests.any_day

soak: .venv/dev
	@RACES=100 $(BIN)/python -m pytest -q -m "race or soak" tests

bench: .venv/dev
	@$(BIN)/python -m bench

together: .venv/dev
	@$(BIN)/python -m bench.together

bench-scale: .venv/dev
	@$(BIN)/python -m bench.scale

bench-few-many: .venv/dev
	@$(BIN)/python -m bench.run

coverage: .venv/dev
	@$(BIN)/python -m coverage run -m pytest -q --ignore=tests/browser && $(BIN)/python -m coverage report

screenshots: .venv/browser
	@$(BIN)/python docs/screenshots.py http://127.0.0.1:$(PORT)

lint: .venv/dev
	@$(BIN)/ruff check --quiet .
	@mkdir -m 700 -p var
	@$(BIN)/lint-imports --no-logo > var/lint-imports.log || { cat var/lint-imports.log; exit 1; }
	@$(BIN)/djlint --quiet --lint templates
	@env -u DATABASE_URL DEMO=1 $(BIN)/python manage.py makemigrations --check --dry-run > /dev/null || { echo "A migration is missing: manage.py makemigrations"; exit 1; }

lock:
	@uv export --quiet --no-emit-project --no-dev --format requirements-txt --no-header -o requirements.txt
	@uv export --quiet --no-emit-project --only-group dev --format requirements-txt --no-header -o requirements-dev.txt
	@uv export --quiet --no-emit-project --only-group browser --format requirements-txt --no-header -o requirements-browser.txt
	@uv export --quiet --no-emit-project --only-group redis --format requirements-txt --no-header -o requirements-redis.txt
	@rm -f uv.lock

clean:
	@rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 run"; exit 1; }
ifeq ($(HAS_UV),yes)
	@uv venv --quiet --allow-existing --python $(PYTHON) .venv
else
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python has no ensurepip: apt install python3-venv"; exit 1; }
	@$(HOLD) sh -c '[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv'
endif

.venv/core: requirements.txt | .venv/bin/python
	@echo "Installing the site's packages into .venv"
	@$(HOLD) sh -c '$(WHOLE) && $(INSTALL) -r requirements.txt'
	@touch $@

.venv/dev: requirements-dev.txt .venv/core
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-dev.txt
	@mkdir -m 700 -p var
	@touch $@

.venv/browser: requirements-browser.txt .venv/dev
	@echo "Installing what the browser tests need"
	@$(INSTALL) -r requirements-browser.txt
	@touch $@
