# Two verbs to begin with: `make try` and `make test`. Each installs what it needs into a folder of its own, once.
VENV ?= .venv
PY = $(VENV)/bin/python
SHARED ?= ../shared
DATA ?= $(SHARED)/data
CODE = src tests $(wildcard bench tables training)

.PHONY: help try test check docs screenshots bench race train clean

help: ## list the verbs
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

try: $(VENV)/.ready ## install, read the sample reports that come with the program, print who says what
	@$(VENV)/bin/rejoinder read --samples
	@echo
	@echo "To see it in a browser: $(VENV)/bin/rejoinder serve --samples"

test: check ## all checks, then all tests
	@$(PY) -m pytest

check: $(VENV)/.ready-dev ## style, types, and which floor may import which
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo

docs: $(VENV)/.ready-dev ## bring the generated parts of README.md and docs/ up to date
	@$(PY) -m cogapp -r README.md docs/cli.md

screenshots: $(VENV)/.ready-dev ## make the pictures in docs/images anew (needs chromium; best with fonts-noto-core)
	@$(PY) -m bench.screenshots

bench: $(VENV)/.ready-dev ## measure into docs/benchmarks.md (SHARED= where the data folder is)
	@$(PY) -m bench.run $(SHARED)

race: $(VENV)/.ready-dev ## measure against other readers into docs/benchmarks.md
	@$(PY) -m bench.run $(SHARED) race

train: .venv-train/.ready-train ## rebuild the shipped weights (DATA= another folder of the same form)
	@.venv-train/bin/python -m training.run --data $(DATA)
	@.venv-train/bin/python -m training.antecedents $(DATA)
	@.venv-train/bin/python -m training.carrying $(DATA)
	@.venv-train/bin/python -m training.replies $(DATA)
	@.venv-train/bin/python -m training.together $(DATA)
	@.venv-train/bin/python -m training.merging $(DATA)

clean: ## remove environments, caches and builds
	rm -rf .venv .venv-train build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.ready: pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup $(VENV) "[web]"
	@touch $@

$(VENV)/.ready-dev: pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup $(VENV) "[dev]"
	@touch $@ $(VENV)/.ready

.venv-train/.ready-train: pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup .venv-train "[train]"
	@touch $@
