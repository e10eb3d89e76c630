# Two commands for people: `make check` while working, `make test` for everything (what CI calls).
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
TREE := .build/collections
HOME_OF := $(TREE)/ansible_collections/workspace_zoom
export PYTHONPATH := $(CURDIR)/$(TREE):$(CURDIR)/extensions

.PHONY: test check lint types unit sandbox-tests clean

test: lint types unit sandbox-tests

check: lint unit

$(VENV)/ready: requirements/test.txt meta/ee-requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/test.txt
	touch $@

# The collection where Python and Ansible look for it, without moving the repository.
$(HOME_OF)/provisioning:
	mkdir -p $(HOME_OF)
	ln -sfn $(CURDIR) $@

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready $(HOME_OF)/provisioning
	cd $(TREE) && MYPYPATH=. $(BIN)/mypy --config-file $(CURDIR)/pyproject.toml -p ansible_collections.workspace_zoom.provisioning.plugins

unit: $(VENV)/ready $(HOME_OF)/provisioning
	$(BIN)/python -m pytest tests/unit

sandbox-tests: $(VENV)/ready $(HOME_OF)/provisioning
	$(BIN)/python -m pytest tests/sandbox

clean:
	rm -rf .build $(VENV)
