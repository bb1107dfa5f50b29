# Needs Python 3.11 or newer and make. Choose the interpreter with PYTHON=python3.12.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PROCESSES ?= 2
READY  := $(VENV)/.ready
export OMP_NUM_THREADS ?= 1

.PHONY: venv demo test lint gate calibrate timeline faults model bench clean

venv: $(READY)

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(READY)

demo: venv   ## extracts the samples, then shows one of them
	$(BIN)/extractor run samples/articles --metadata samples/metadata.json -o out/demo.jsonl
	$(BIN)/extractor show samples/articles/ottawa-surtax-2026.txt --metadata samples/metadata.json
	@echo "All records: out/demo.jsonl"

test: venv   ## in two processes, a file in one of them; PROCESSES=0 for one
	$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: venv   ## scores against the pinned floors
	$(BIN)/python tests/gate.py

calibrate: venv  ## counts the confidence of tariff records again, where the development set is beside the checkout
	$(BIN)/python -m tests.calibrate_tariffs --write ../shared/dev/texts ../shared/dev/gold ../shared/dev/meta.json

timeline: venv  ## scores measures across articles against their gold
	$(BIN)/python -m tests.timeline.score

model: venv  ## rebuilds models/en_tariff_news from its pinned base and trains it; fits the weights of the tariff linker
	$(BIN)/python models/build.py
	$(BIN)/python models/training/choices.py

bench: venv  ## the development scoreboard, where the shared material is there
	@if [ -x ../shared/bench/dev ]; then PYTHON=$(BIN)/python EXTRACTOR=$(BIN)/extractor ../shared/bench/dev; \
	else echo "no ../shared/bench/dev here: nothing to run"; fi

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

faults: venv  ## the fault suite in full: 50 kills of a batch of 300, and a long run
	EXTRACTOR_FAULTS=full $(BIN)/python -m pytest -n 0 tests/faults
	$(BIN)/python -m tests.faults.soak
