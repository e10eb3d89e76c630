#!/bin/sh
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Virtual environments by venv and pip alone, so that whatever pip is told of indexes, certificates and proxies holds here too.
#   environment.sh new FOLDER [PYTHON]        makes one; PYTHON: a command or a path, otherwise the first on the PATH that is new enough
#   environment.sh install FOLDER FILE WHAT   installs what a locked file names, each package by its hash, and runs no code of it
set -eu

fail() {
    echo "$*" >&2
    exit 1
}

new_enough() {
    command -v "$1" > /dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null
}

# The command to use. python3 comes first, as it is what its owner means; a newer one beside an old python3 has its version in its name.
usable() {
    if [ -n "$1" ]; then
        new_enough "$1" && echo "$1" && return
        "$1" -c '' 2> /dev/null || fail "There is no Python that runs as $1. Set PYTHON to one that does, of version 3.11 or newer."
        fail "Python 3.11 or newer is needed, and $1 is $(version "$1"). Set PYTHON to a newer one, for example: make demo PYTHON=python3.12"
    fi
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        new_enough "$name" && echo "$name" && return
    done
    found="no python3 was found"
    python3 -c '' 2> /dev/null && found="python3 is $(version python3)"
    fail "Python 3.11 or newer is needed, and $found. Install one, or say where it is, for example: make demo PYTHON=/opt/python3.12/bin/python3"
}

version() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])'
}

new() {
    folder=$1
    python=$(usable "${2:-}")
    minor=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    # Debian has them in a package of their own. Its venv alone makes a folder without pip, and says so at length.
    "$python" -c 'import ensurepip, venv' 2> /dev/null || fail "Python $minor here ($(command -v "$python")) can't make virtual environments:" \
        "its modules venv and ensurepip are missing. On Debian and Ubuntu, install them with: apt install python3-venv (or python$minor-venv)."
    echo "Making a virtual environment in $folder, with Python $(version "$python") ($(command -v "$python"))"
    "$python" -m venv --clear "$folder"
}

install() {
    folder=$1 file=$2 what=$3
    echo "Installing $what into $folder, with pip"
    # --no-user: "user = true" in a pip.conf can't be meant for a virtual environment, and pip refuses it there.
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-user --require-hashes --only-binary :all: -r "$file" || fail \
        "pip could not install the packages; what it printed is above. pip reads its usual settings here (pip.conf, PIP_INDEX_URL, PIP_CERT," \
        "HTTPS_PROXY and others). To see those that it found: $folder/bin/python -m pip config list"
}

"$@"
