#!/usr/bin/env bash
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# ansible_test.sh <bin folder of an environment> sanity|units [options]: one command of ansible-test, by that environment's ansible-core and Python.
# ansible-test wants a tree named ansible_collections that is no symlink and lies outside the repository: so it gets a copy.
set -euo pipefail

bin="$1" command="$2"
root="$(git rev-parse --show-toplevel)"
tree="$(mktemp -d)"
trap 'rm -rf "$tree"' EXIT
target="$tree/ansible_collections/workspace_zoom/provisioning"
mkdir -p "$target"
cd "$root"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ -e "$file" ] && printf '%s\0' "$file"
done | xargs -0 cp --parents -t "$target"

# ansible-test looks for the installer of pip in its cache before it asks a host of its own for it.
"$bin/python" - <<'PYTHON'
import pathlib
import re

import ansible_test._internal.python_requirements as requirements

source = pathlib.Path(requirements.__file__).read_text()
cache = pathlib.Path("~/.ansible/test/cache").expanduser()
cache.mkdir(parents=True, exist_ok=True)
for version in set(re.findall(r"""\bpip=['"]([\d.]+)['"]""", source)):
    file = cache / f"get_pip_{version.replace('.', '_')}.py"
    if not file.exists():
        file.write_text(
            "import subprocess, sys\n"
            "subprocess.check_call([sys.executable, '-m', 'ensurepip'], stdout=subprocess.DEVNULL)\n"
            f"subprocess.check_call([sys.executable, '-m', 'pip', 'install', '--quiet', 'pip=={version}'])\n"
        )
PYTHON

cd "$target"
# It starts every Python that it finds by name, and a version manager's stand-in for one that is not chosen only fails.
others="$(printf '%s' "$PATH" | tr ':' '\n' | grep -v '/shims$' | paste -sd:)"
export PATH="$bin:$others"
unset PYTHONPATH ANSIBLE_COLLECTIONS_PATH
# In the wrong place ansible-test skips every test and calls that success.
[ -n "$(ansible-test env --list-files 2>/dev/null)" ] || { echo "ansible-test finds no file to test" >&2; exit 1; }
python_version="$("$bin/python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')"
if ! ansible-test "$command" --venv --python "$python_version" "${@:3}" >"$tree/log" 2>&1; then
    cat "$tree/log"
    exit 1
fi
grep -E "^Running sanity test|^=+ .*passed" "$tree/log" || { cat "$tree/log"; echo "ansible-test $command ran nothing" >&2; exit 1; }
