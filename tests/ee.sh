#!/bin/sh
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the execution environment for real and runs the collection in it. The definition is taken as it is, but for the collection, which is not
# published yet. Where its base image can't be had, another base is made here of Debian packages, with their Python: that tries the rest of it.
# Needs root, podman with runc, and for the second way debootstrap. Opt in: make ee. $1: the folder of ansible-builder and ansible-galaxy.
set -eu
bin=$1

# podman's own limits are higher than a container of containers may set.
limited() {
    command=$1
    shift
    podman --runtime runc "$command" --network host --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 "$@"
}

inside() {
    limited run --rm localhost/provisioning:1 "$@"
}

work=$PWD/.build/ee
rm -rf "$work"
mkdir -p "$work/context"

"$bin/ansible-galaxy" collection build --force --output-path "$work" . > /dev/null

named=$("$bin/python" -c 'import yaml; print(yaml.safe_load(open("execution-environment.yml"))["images"]["base_image"]["name"])')
python=$("$bin/python" -c 'import yaml; print(yaml.safe_load(open("execution-environment.yml"))["dependencies"]["python_interpreter"]["python_path"])')
way=named
if ! podman --runtime runc pull "$named" > "$work/pull.log" 2>&1; then
    echo "NOT TRIED: the base image $named can't be had here. A base of Debian packages takes its place; that the named one works is not shown."
    way=debian python=/usr/bin/python3
    # the first Debian whose Python all of our ansible-core take
    debootstrap --variant=minbase --include=python3,python3-pip,python3-venv,ca-certificates,git trixie "$work/base" > "$work/debootstrap.log"
    cp /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/ca-certificates.crt"
    tar -C "$work/base" -c . | podman --runtime runc import - localhost/provisioning-base:1 > /dev/null
    rm -rf "$work/base"
fi

"$bin/python" - "$work" "$way" <<'EOF'
import pathlib
import sys

import yaml

work = pathlib.Path(sys.argv[1])
(tarball,) = work.glob("*.tar.gz")
definition = yaml.safe_load(pathlib.Path("execution-environment.yml").read_text())
definition["dependencies"]["galaxy"]["collections"] = [{"name": f"/build/{tarball.name}", "type": "file"}]
definition["additional_build_files"] = [{"src": str(tarball), "dest": "collections"}]
definition["additional_build_steps"]["prepend_galaxy"] = [f"COPY _build/collections/{tarball.name} /build/{tarball.name}"]
if sys.argv[2] == "debian":
    definition["images"]["base_image"]["name"] = "localhost/provisioning-base:1"
    definition["options"] = {"package_manager_path": "/usr/bin/apt-get", "skip_pip_install": True}
    definition["dependencies"]["python_interpreter"] = {"python_path": "/usr/bin/python3"}
(work / "execution-environment.yml").write_text(yaml.safe_dump(definition))
EOF
"$bin/ansible-builder" create --file "$work/execution-environment.yml" --context "$work/context" --output-filename Containerfile > /dev/null
limited build --tag localhost/provisioning:1 --file "$work/context/Containerfile" "$work/context"

inside ansible-doc --list workspace_zoom.provisioning
inside "$python" -c 'import google.auth, jmespath, requests, ansible_runner'
inside ansible-playbook workspace_zoom.provisioning.site --syntax-check -i company,
# what is in quotes is for the shell inside
# shellcheck disable=SC2016
inside sh -c 'test -n "$(find /usr/share/ansible/collections -name "*.pyc" -print -quit)"'
echo "The execution environment is built and holds what it needs."
