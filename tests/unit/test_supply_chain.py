# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed: pinned by hash, within the ranges that are promised, the lowest of them tested, and under a licence that allows it."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKED = sorted((ROOT / "requirements" / "locked").glob("*.txt"))
USERS = ROOT / "meta" / "ee-requirements.txt"
# Free of duties that an execution environment could not keep: nothing but a notice, or one file's own terms.
PERMISSIVE = ("apache", "mit", "bsd", "isc", "psf", "python software foundation", "mpl", "mozilla public license")
COPYLEFT = ("gpl-3.0-or-later", "gplv3+", "gnu general public license v3 or later", "lgpl-3.0")


def entries(locked: Path) -> list[tuple[Requirement, list[str]]]:
    """Each locked requirement and its hashes."""
    parts = re.split(r"\n(?=\S)", locked.read_text(encoding="utf-8").strip())
    parts = [part for part in parts if not part.startswith("#")]
    return [(Requirement(part.split(" \\\n")[0]), re.findall(r"--hash=sha256:([0-9a-f]{64})", part)) for part in parts]


def ranges(source: Path) -> list[Requirement]:
    """What a file of ranges asks for, the files that it includes among them."""
    found: list[Requirement] = []
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found += ranges(source.parent / line.removeprefix("-r ").strip())
        elif line.strip() and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def closure(name: str, extras: frozenset[str] = frozenset(), found: set[str] | None = None) -> set[str]:
    """A package and all that it needs here."""
    found = set() if found is None else found
    if canonicalize_name(name) in found and not extras:
        return found
    found.add(canonicalize_name(name))
    for text in metadata.requires(name) or []:
        needed = Requirement(text)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            closure(needed.name, frozenset(needed.extras), found)
    return found


def is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def license_of(name: str) -> str:
    """Its own words: the expression, the classifiers or the field, whichever there is."""
    about = metadata.metadata(name)
    classifiers = [text.rpartition(" :: ")[2] for text in about.get_all("Classifier") or [] if text.startswith("License ::")]
    return about.get("License-Expression") or ", ".join(classifiers) or " ".join((about.get("License") or "").split())[:100]


@pytest.mark.parametrize("locked", LOCKED, ids=lambda path: path.stem)
def test_every_requirement_is_one_version_with_its_hashes(locked: Path) -> None:
    for requirement, hashes in entries(locked):
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert hashes and requirement.url is None, f"{requirement} can be replaced without notice"


@pytest.mark.parametrize("locked", LOCKED, ids=lambda path: path.stem)
def test_what_is_locked_is_within_the_ranges_that_it_was_made_of(locked: Path) -> None:
    source = ROOT / "requirements" / ("lowest-tests.txt" if locked.stem == "lowest" else locked.name)
    held = {canonicalize_name(requirement.name): requirement for requirement, _hashes in entries(locked)}
    for wanted in ranges(source):
        version = next(iter(held[canonicalize_name(wanted.name)].specifier)).version
        assert wanted.specifier.contains(version), f"{locked.name} has {version} for {wanted}; run make lock"


def test_nothing_is_installed_but_by_its_hash() -> None:
    sources = [(ROOT / name).read_text() for name in ("Makefile", "requirements/environment.sh")]
    installing = [line.strip() for source in sources for line in source.splitlines() if re.search(r"pip (install|download)", line)]
    assert len(installing) >= 3
    assert [line for line in installing if "--require-hashes" not in line] == []


def test_the_lowest_versions_that_users_may_have_are_those_that_are_tested() -> None:
    locked = {canonicalize_name(requirement.name): requirement for requirement, _hashes in entries(ROOT / "requirements/locked/lowest.txt")}
    promised = {part.name: part for part in ranges(ROOT / "requirements" / "lowest.txt")}
    assert {part.name for part in ranges(USERS)} | {"ansible-core"} == set(promised)
    for name, wanted in promised.items():
        (bound,) = (Version(part.version) for part in wanted.specifier if part.operator == ">=")
        tested = Version(next(iter(locked[name].specifier)).version)
        assert bound.release == tested.release[: len(bound.release)] and not any(tested.release[len(bound.release) :])
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert runtime["requires_ansible"] == ">=" + next(iter(locked["ansible-core"].specifier)).version


def test_ansible_test_installs_the_same_for_the_unit_tests_as_requirements_test() -> None:
    known = ranges(ROOT / "requirements" / "test.txt")
    named = ranges(ROOT / "tests" / "unit" / "requirements.txt")
    assert [part for part in named if part.name != "packaging" and part not in known] == []
    assert "packaging" in {part.name for part, _hashes in entries(ROOT / "requirements/locked/test.txt")}, "ansible-core needs it"


def test_what_users_install_is_under_a_permissive_licence() -> None:
    names = {name for wanted in ranges(USERS) for name in closure(wanted.name, frozenset(wanted.extras))}
    assert {"requests", "google-auth", "jmespath", "urllib3"} <= names
    others = {name: license_of(name) for name in sorted(names) if not any(word in license_of(name).lower() for word in PERMISSIVE)}
    assert others == {}


def test_what_development_uses_is_free_software_that_goes_with_the_gpl() -> None:
    here = [part.name for part, _hashes in entries(ROOT / "requirements/locked/test.txt") if part.marker is None or part.marker.evaluate()]
    if not is_installed("ansible-lint"):
        pytest.skip("ansible-test installs tests/unit/requirements.txt alone")
    known = (*PERMISSIVE, *COPYLEFT)
    others = {name: license_of(name) for name in here if not any(word in license_of(name).lower() for word in known)}
    assert others == {}
