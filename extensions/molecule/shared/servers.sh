#!/bin/sh
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# servers.sh start FOLDER PYTHON: the sandbox, with a tenant for each scenario, and an AWX, in the background; their files are in FOLDER.
# servers.sh stop FOLDER: both end, and so do those that an interrupted run has left.
# A tenant is called like its scenario. It is the company that the scenario describes in company.yml, or else Halden Instruments.
set -eu
verb=$1 folder=$2
scenarios=$(cd "$(dirname "$0")/.." && pwd)

stop() {
    for file in "$folder"/*.pid; do
        test -f "$file" || continue
        # By its process id, unless another program has it by now.
        pkill -F "$file" -f "sandbox|tests/awx" || true
        rm "$file"
    done
}

sandbox_is_ready() { test "$(find "$folder/sandbox" -name sandbox.json 2> /dev/null | wc -l)" -eq "$(find "$folder/companies" -name '*.yml' | wc -l)"; }
awx_is_ready() { test -f "$folder/awx.url"; }

wait_for() {
    until "$1_is_ready"; do
        kill -0 "$(cat "$folder/$1.pid")" 2> /dev/null || { cat "$folder/$1.log" >&2; exit 1; }
        sleep 0.1
    done
}

start() {
    python=$1
    rm -rf "$folder/sandbox" "$folder/companies" "$folder/state" "$folder/awx.url"
    mkdir -p "$folder/companies"
    set --
    for scenario in "$scenarios"/*/molecule.yml; do
        place=$(dirname "$scenario")
        name=$(basename "$place")
        test "$name" != default || continue
        test -f "$place/company.yml" && company=$place/company.yml || company=$scenarios/../sandbox/seed/company.yml
        ln -s "$company" "$folder/companies/$name.yml"
        set -- "$@" --seed "$folder/companies/$name.yml"
    done
    PYTHONPATH=$scenarios/.. nohup "$python" -m sandbox --state-dir "$folder/sandbox" "$@" > "$folder/sandbox.log" 2>&1 &
    echo $! > "$folder/sandbox.pid"
    nohup "$python" "$scenarios/../../tests/awx" "$CONTROLLER_HOST" "$folder/awx.url" > "$folder/awx.log" 2>&1 &
    echo $! > "$folder/awx.pid"
    wait_for sandbox
    wait_for awx
}

stop
test "$verb" = stop || start "$3"
