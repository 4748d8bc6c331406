# One command each. `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
# Each takes up to 4 GiB: the base world and a settled year.
WORKERS := 2
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench validate lock clean

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## Assess a quicker border at Dostyk, and map the ways to Duisburg, in out/
	@$(BIN)/landbridge demo

test: lint ## Everything that must hold before a change is kept
	@$(BIN)/python -m pytest -m "not slow" --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder --durations 20

lint: $(VENV)/.dev ## Style, types, and which room may import which
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Put the code into its style
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.bench ## Race the solvers against the others, into benchmarks/results.json
	@for race in $$(grep -l __main__ benchmarks/*.py); do $(BIN)/python $$race || exit 1; done

validate: $(VENV)/.dev ## The model beside published figures, and the slow tests
	@$(BIN)/landbridge validate
	@$(BIN)/python -m pytest -m slow; status=$$?; [ $$status -eq 5 ] || exit $$status

lock: $(BIN)/python ## Renew requirements.lock within the bounds of pyproject.toml
	@$(BIN)/python -m venv build/uv
	@build/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
	@build/uv/bin/uv pip compile pyproject.toml --group dev --all-extras --universal \
	  --python-version 3.11 --upgrade --quiet --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --output-file build/$(LOCK)
	@{ echo "# Exact versions for Python 3.11 to 3.13; renewed by 'make lock'."; \
	  cat build/$(LOCK); } > $(LOCK)

clean: ## Forget the virtual environment and what was built
	rm -rf $(VENV) build out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if command -v $$python > /dev/null && \
	    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo "setting up $(VENV) with $$($$python --version)"; \
	    exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "landbridge needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1

$(VENV)/.runtime: pyproject.toml $(LOCK) | $(BIN)/python
	@echo "installing landbridge (once; a few minutes)"
	@$(PIP) install --constraint $(LOCK) --editable .
	@touch $@

# Dependency groups need pip 25.1; older ones come with Python 3.11 and 3.12.
$(VENV)/.dev: pyproject.toml $(LOCK) | $(BIN)/python
	@echo "installing what the tests need"
	@$(PIP) install 'pip>=25.1'
	@$(PIP) install --constraint $(LOCK) --editable . --group dev
	@touch $@ $(VENV)/.runtime

$(VENV)/.bench: $(VENV)/.dev
	@echo "installing the others to race against"
	@$(PIP) install --constraint $(LOCK) --editable '.[bench]'
	@touch $@
