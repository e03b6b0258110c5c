# Two commands do everything on a machine with Python and make: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: venv chat test lint types contracts check unit soak bench mornings catalogues lock clean

venv: $(STAMP)

$(STAMP): requirements/dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $(STAMP)

chat: venv
	$(BIN)/python -m bot chat

test: lint types contracts check unit

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: venv
	$(BIN)/mypy

contracts: venv
	$(BIN)/lint-imports

check: venv
	$(BIN)/python -m conversations check

unit: venv
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak"

soak: venv
	$(BIN)/python -m pytest -m "soak or hypothesis" --hypothesis-profile soak --timeout 3600

bench: venv
	$(BIN)/python -m benchmarks.talks --people 500

mornings: venv
	$(BIN)/python -m benchmarks.mornings --stored 10000 --due 1000

catalogues: venv
	$(BIN)/python -m tools.catalogues

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet pyproject.toml -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --extra dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) build *.egg-info
