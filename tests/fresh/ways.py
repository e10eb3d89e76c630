# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of set-up. Texts may name indexes, {plain}, {tls} and {behind} a {proxy} alone, and files: {authority} and {mirror}."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fresh import mirror
from fresh.room import COMPANY, DEFAULT, Room, Wrong

DONE = "Done: failed=0, and the third run changed nothing."
AT_ONCE = 5.0  # seconds until the sandbox runs


# What is tried


def demo(room: Room) -> None:
    _has(room.run("make", "demo"), DONE)
    _used(room)


def demo_twice(room: Room) -> None:
    demo(room)
    asked = len(room.asked)
    took = room.first_line("make", "demo")
    if took > AT_ONCE or len(room.asked) > asked:
        raise Wrong(f"the second demo began after {took:.1f} s, with {len(room.asked) - asked} requests to the index")


def for_contributors(room: Room) -> None:
    room.run("make", ".venv/ready-test")
    room.run(".venv/bin/python", "-c", "import hypothesis, mypy, pytest")
    _used(room)


def refused(*words: str) -> Callable[[Room], None]:
    def steps(room: Room) -> None:
        printed = room.run("make", "demo", fails=True)
        for part in words:
            _has(printed, part)

    return steps


def newer_is_found(room: Room) -> None:
    room.run("make", ".venv/python")
    _has(room.run(".venv/bin/python", "--version"), "Python 3.12.")


def python_is_replaced(room: Room) -> None:
    """As an upgrade of the system does, which takes the Python of an environment away."""
    room.run("make", ".venv/python")
    (room.sources / ".venv/bin/python3").unlink()
    (room.sources / ".venv/bin/python3").symlink_to("/nowhere/python3")
    _has(room.run("make", "demo"), DONE)


def from_the_tarball(room: Room) -> None:
    """As the README has it; then the line that the demo prints is done word by word."""
    _install(room)
    python = str(room.sources / "environment/bin/python")
    playbook = [str(room.sources / "environment/bin/ansible-playbook"), "workspace_zoom.provisioning.demo"]
    printed = room.run(*playbook, fails=True)
    _has(printed, "The demo needs starlette and uvicorn, which")
    # in the line of the failed task; above it, Ansible breaks the same sentence at the width of a terminal
    found = re.search(r'"msg": "[^"]*Install what is missing: ([^"]+)"', printed)
    command = found[1] if found else ""
    _has(command, python)
    room.run(*shlex.split(command))
    _has(room.run(*playbook), DONE)


def in_the_installed_folder(room: Room) -> None:
    _install(room)
    installed = Path(room.environment["HOME"]) / ".ansible/collections/ansible_collections/workspace_zoom/provisioning"
    _has(room.run("make", "demo", cwd=installed), DONE)


def _install(room: Room) -> None:
    room.run("python3", "-m", "venv", "environment")
    own = room.sources / "environment/bin"
    requirements = str(mirror.SOURCES / "meta/ee-requirements.txt")
    room.run(str(own / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "ansible-core", "-r", requirements)
    (tarball,) = mirror.PACKED.glob("*.tar.gz")
    room.run(str(own / "ansible-galaxy"), "collection", "install", "--offline", str(tarball))


def _has(printed: str, words: str) -> None:
    if words not in " ".join(printed.split()):
        raise Wrong(f'"{words}" was not printed')


def _used(room: Room) -> None:
    if room.way.index and not room.asked:
        raise Wrong("the index was not asked")
    if any("{proxy}" in text for text in (room.way.pip_conf, *room.way.environment.values())) and not room.led:
        raise Wrong("the proxy was not used")


@dataclass(frozen=True)
class Way:
    name: str
    steps: Callable[[Room], None] = demo
    pythons: Mapping[str, str] = field(default_factory=lambda: {"python3": "3.11"})  # command: version
    pip_conf: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()  # variables
    index: str = ""  # plain or tls
    hosts: tuple[str, ...] = ()  # names that lead to this machine
    folder: str = "provisioning"
    hides: tuple[str, ...] = ()  # modules of Python
    packed: bool = False  # nothing but the tarball

    @property
    def needs_a_network_of_its_own(self) -> bool:
        return bool(self.hosts)


OWN_INDEX = "[global]\nindex-url = {plain}\n"
FOLDER = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "{mirror}"}
PROXIED = "[global]\nindex-url = {behind}\ncert = {authority}\n"
TELLS_OLD = "Python 3.11 or newer is needed, and python3 is 3."

WAYS = (
    Way("an index of its own in pip.conf, Python 3.11, and a second demo at once", demo_twice, pip_conf=OWN_INDEX, index="plain"),
    Way("an index of its own in pip.conf, Python 3.12", pythons={"python3": "3.12"}, pip_conf=OWN_INDEX, index="plain"),
    Way("an index of its own in pip.conf, Python 3.13", pythons={"python3": "3.13"}, pip_conf=OWN_INDEX, index="plain"),
    Way("a certificate of its own in pip.conf, and nothing else", pip_conf="[global]\ncert = {authority}\n", index="tls", hosts=(DEFAULT,)),
    Way(
        "variables PIP_* alone: index and certificate",
        environment={"PIP_INDEX_URL": "{tls}", "PIP_CERT": "{authority}"},
        index="tls",
        hosts=(COMPANY,),
    ),
    Way("a folder of wheels and no index", environment=FOLDER),
    Way(
        "a proxy in the environment",
        pip_conf=PROXIED,
        environment=dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "{proxy}"),
        index="tls",
    ),
    Way("a proxy in pip.conf", pip_conf=f"{PROXIED}proxy = {{proxy}}\n", index="tls"),
    Way("user = true in pip.conf", pip_conf=f"{OWN_INDEX}[install]\nuser = true\n", index="plain"),
    Way("an empty HOME", environment={**FOLDER, "HOME": ""}),
    Way("no HOME", environment=FOLDER, without=("HOME",)),
    Way("a path with spaces", pip_conf=OWN_INDEX, index="plain", folder="My Projects/zoom provisioning"),
    Way("no git: nothing on the PATH but sh, make, a few commands and python3", pip_conf=OWN_INDEX, index="plain"),
    Way("a Python that is gone is replaced", python_is_replaced, environment=FOLDER),
    Way("python3 too old: said so", refused(TELLS_OLD), pythons={"python3": "too old"}),
    Way("python3 too old, and a newer one beside it: that is taken", newer_is_found, pythons={"python3": "too old", "python3.12": "3.12"}),
    Way("a Python that is not there: said so", refused("There is no Python that runs as python3.99"), environment={"PYTHON": "python3.99"}),
    Way("no venv, as on Debian without python3-venv: said so", refused("apt install python3-venv"), hides=("ensurepip",)),
    Way(
        "an index that does not answer: said so",
        refused("pip could not install the packages", "config list"),
        environment={"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"},
    ),
    Way("for contributors, by uv: an index of its own in pip.conf", for_contributors, pip_conf=OWN_INDEX, index="plain"),
    Way(
        "for contributors, by uv: a certificate of its own in pip.conf, and nothing else",
        for_contributors,
        pip_conf="[global]\ncert = {authority}\n",
        index="tls",
        hosts=(DEFAULT,),
    ),
    Way("for contributors, by uv: a proxy in pip.conf", for_contributors, pip_conf=f"{PROXIED}proxy = {{proxy}}\n", index="tls"),
    Way("for contributors, by uv: a folder of wheels and no index", for_contributors, environment=FOLDER),
    Way("installed from the tarball: the playbook demo, what is missing first", from_the_tarball, environment=FOLDER, packed=True),
    Way("installed from the tarball: make demo in its folder", in_the_installed_folder, environment=FOLDER, packed=True),
)
