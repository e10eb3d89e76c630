#!/bin/sh
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Changes _plan in small ways, one at a time, and counts how many of the changes no test of tests/unit/plan sees.
# tests/mutants.sh BIN [--max-children N] [pattern of mutants, such as "*_plan._limits*"]
# Read one that survived with: cd .build/mutants && BIN/mutmut show NAME
set -eu
bin=$1
shift
here=$(cd "$(dirname "$0")/.." && pwd)
work=$here/.build/mutants
home=src/ansible_collections/workspace_zoom/provisioning

rm -rf "$work"
mkdir -p "$work/$home"
cp -R "$here/plugins" "$work/$home/"
cp -R "$here/tests" "$here/plugins" "$here/docs" "$here/pyproject.toml" "$work/"
cat > "$work/setup.cfg" <<EOF
[mutmut]
source_paths=src
only_mutate=$home/plugins/module_utils/_plan/*.py
# sentences are held by the catalogue's own tests, word by word by no one
do_not_mutate=*/_outcomes_of_*.py
also_copy=
    plugins
    docs
pytest_add_cli_args_test_selection=tests/unit/plan
pytest_add_cli_args=
    -p
    no:xdist
    -p
    no:cacheprovider
use_git_change_detection=false
EOF
cd "$work"
# the copies are found by mutmut itself, never the repository
unset PYTHONPATH
export HYPOTHESIS_PROFILE=mutants
"$bin/mutmut" run "$@" > run.log 2>&1 || { tail -n 40 run.log; exit 1; }
"$bin/mutmut" export-cicd-stats
"$bin/mutmut" results | grep -v ": not checked" || true
"$bin/python" "$here/tests/mutants_killed.py" mutants/mutmut-cicd-stats.json
