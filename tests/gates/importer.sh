#!/usr/bin/env bash
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# importer.sh <bin folder with galaxy-importer> <bin folder with ansible-core>: what Galaxy and Automation Hub say when the collection is uploaded.
set -euo pipefail

importer="$1" ansible="$2"
root="$(git rev-parse --show-toplevel)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree" "$work/home"
cd "$root"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ -e "$file" ] && printf '%s\0' "$file"
done | xargs -0 cp --parents -t "$work/tree"
unset PYTHONPATH ANSIBLE_COLLECTIONS_PATH
"$ansible/ansible-galaxy" collection build "$work/tree" --output-path "$work" >/dev/null
tarball="$(ls "$work"/*.tar.gz)"

# ansible-test is a gate of its own.
cat >"$work/importer.cfg" <<'CONFIG'
[galaxy-importer]
RUN_ANSIBLE_TEST = False
RUN_ANSIBLE_LINT = True
RUN_FLAKE8 = False
CHECK_REQUIRED_TAGS = True
CHECK_CHANGELOG = True
CONFIG
cd "$work"
if ! GALAXY_IMPORTER_CONFIG="$work/importer.cfg" HOME="$work/home" PATH="$importer:$PATH" \
    "$importer/python" -m galaxy_importer.main "$tarball" >"$work/log" 2>&1; then
    cat "$work/log"
    exit 1
fi
if grep -E "^(WARNING|ERROR|CRITICAL)" "$work/log"; then
    echo "galaxy-importer has something to say" >&2
    exit 1
fi
grep -i "importer processing completed" "$work/log" || { cat "$work/log"; exit 1; }
