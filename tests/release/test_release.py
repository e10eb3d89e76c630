# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What make changelog and make release decide by."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

import pytest
import yaml

from release import ROOT, changelog, contents, tarball, versions

NEWER = "7.8.9"


# versions


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The files that have the version, alone."""
    for name in versions.PLACES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "changelogs" / "fragments").mkdir(parents=True)
    return tmp_path


def test_every_place_has_the_version_of_galaxy_yml() -> None:
    assert versions.elsewhere(versions.version_of()) == []


def test_a_new_version_reaches_every_place_and_changes_nothing_else(tree: Path) -> None:
    former = versions.version_of(tree)
    versions.set_version(NEWER, tree)
    assert versions.version_of(tree) == NEWER and versions.elsewhere(NEWER, tree) == []
    for name in versions.PLACES:
        assert (tree / name).read_text(encoding="utf-8").replace(NEWER, former) == (ROOT / name).read_text(encoding="utf-8"), name


def test_nothing_else_in_the_repository_is_called_by_this_version() -> None:
    """Only what is documented as added in it, and the changelog."""
    version = versions.version_of()
    others = []
    for name in changelog_free():
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        others += [f"{name}: {line.strip()}" for line in lines if re.fullmatch(rf"\s*(VERSION = \"{version}\".*|version: {version})", line)]
    assert {line.partition(":")[0] for line in others} <= versions.PLACES.keys()


def changelog_free() -> list[str]:
    named = (".py", ".yml", ".yaml", ".json")
    return [name for name in versions.tracked() if name.endswith(named) and not name.startswith(("changelogs/", "requirements/", "tests/"))]


def test_what_does_not_agree_is_named_with_what_to_do(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "tracked", lambda root: ["plugins/modules/new.py"])
    (tree / "plugins" / "modules").mkdir()
    (tree / "plugins" / "modules" / "new.py").write_text("version_added: 2.0.0\n")
    (tree / "changelogs" / "fragments" / "0099-new.yml").write_text("---\n")
    versions.set_version(NEWER, tree)
    (tree / "execution-environment.yml").write_text("        version: 0.0.1\n")
    assert versions.problems(tree) == [
        f"galaxy.yml has {NEWER}, and the changelog's newest release is none: run make changelog VERSION={NEWER}",
        f"changelogs/fragments holds what no release has, such as 0099-new.yml: run make changelog VERSION={NEWER}",
        f"execution-environment.yml has another version than galaxy.yml, {NEWER}: run make changelog VERSION={NEWER}",
        "version_added 2.0.0 is in no release of the changelog: plugins/modules/new.py",
    ]


def test_nothing_is_wrong_when_all_agree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "tracked", lambda root: ["plugins/modules/new.py"])
    (tree / "plugins" / "modules").mkdir()
    (tree / "plugins" / "modules" / "new.py").write_text("version_added: 1.0.0\n")
    (tree / "changelogs" / "changelog.yaml").write_text(yaml.safe_dump({"releases": {"1.0.0": {}, NEWER: {}, "2.0.0": {}}}))
    versions.set_version(NEWER, tree)
    assert versions.problems(tree) == []


# make changelog


@pytest.mark.parametrize(
    ("version", "released", "tag", "words"),
    [
        ("1.0.0", [], "", ""),
        ("1.0.0", ["1.0.0"], "", ""),  # again, as it has no tag yet
        ("1.10.0", ["1.9.0", "1.0.0"], "", ""),
        ("", [], "", "give a version"),
        ("1.0", [], "", "give a version"),
        ("1.0.0", ["1.0.0"], "1.0.0", "1.0.0 has a tag"),
        ("1.9.0", ["1.10.0"], "", "the changelog has 1.10.0 already"),
    ],
)
def test_a_version_goes_forward_until_it_is_tagged(version: str, released: list[str], tag: str, words: str) -> None:
    assert changelog.refused(version, released, tag).startswith(words)
    assert bool(changelog.refused(version, released, tag)) == bool(words)


@pytest.mark.parametrize(
    ("there", "first", "noted", "changelog_stays", "options"),
    [
        (["1.0.0", "0001-step"], True, ["1.0.0"], False, []),  # the first time; and again, with notes that were changed
        (["0002-late"], True, [], True, ["--update-existing", "--refresh-plugins"]),  # again, after more was merged
        (["0003-fix", "0004-new"], False, ["0003-fix", "0004-new"], True, []),  # any later release
    ],
)
def test_only_the_notes_of_the_first_release_are_one_fragment(
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: list[str],
    first: bool,
    noted: list[str],
    changelog_stays: bool,
    options: list[str],
) -> None:
    for name in there:
        (tree / "changelogs" / "fragments" / f"{name}.yml").write_text("---\n")
    (tree / "changelogs" / "changelog.yaml").write_text(yaml.safe_dump({"releases": {"1.0.0": {}}}))
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(changelog, "run", lambda *command, cwd: commands.append(command))
    version = "1.0.0" if first else "1.0.1"
    assert changelog.note(tree, version, first) == {f"{name}.yml" for name in noted}
    assert (tree / "changelogs" / "changelog.yaml").exists() == changelog_stays
    assert versions.version_of(tree) == version
    assert commands[0] == ("antsibull-changelog", "release", "--version", version, "--reload-plugins", *options)


# the file that is published


def archive(path: Path, names: list[str], time: int) -> Path:
    """As ansible-galaxy makes one, of files in the order that a folder lists them in."""
    listed = [{"name": ".", "ftype": "dir"}, *({"name": name, "ftype": "file"} for name in names)]
    manifest = {"file_manifest_file": {"name": "FILES.json", "chksum_sha256": "?"}}
    members: dict[str, bytes | None] = {name: name.encode() for name in names}
    members |= {tarball.MANIFEST: tarball.as_json(manifest), tarball.FILES: tarball.as_json({"files": listed})}
    tarball.write(path, members, {"run.sh"}, list(members), time)
    return path


def test_two_builds_that_differ_in_times_and_order_become_the_same_bytes(tmp_path: Path) -> None:
    one = archive(tmp_path / "one.tar.gz", ["b.py", "run.sh", "a.py"], 5)
    two = archive(tmp_path / "two.tar.gz", ["run.sh", "a.py", "b.py"], 7)
    assert one.read_bytes() != two.read_bytes()
    for path in (one, two):
        tarball.settle(path, 1_000_000_000)
    assert one.read_bytes() == two.read_bytes()
    with tarfile.open(one) as tar:
        assert [(member.name, member.mode) for member in tar.getmembers()] == [
            *(("MANIFEST.json", 0o644), ("FILES.json", 0o644)),
            *(("a.py", 0o644), ("b.py", 0o644), ("run.sh", 0o755)),
        ]
        assert {(member.mtime, member.uid, member.uname) for member in tar.getmembers()} == {(1_000_000_000, 0, "")}


def test_the_manifest_has_the_checksum_of_the_list_in_its_new_order(tmp_path: Path) -> None:
    path = archive(tmp_path / "one.tar.gz", ["b.py", "a.py"], 5)
    tarball.settle(path, 1_000_000_000)
    members = tarball.read(path)
    held = yaml.safe_load(members[tarball.MANIFEST] or b"")["file_manifest_file"]["chksum_sha256"]
    assert held == tarball.hashlib.sha256(members[tarball.FILES] or b"").hexdigest()


# what is in it


def test_everything_but_the_workshop_and_nothing_else_is_what_should_be_in_it() -> None:
    repository = ["README.md", ".ansible-lint", ".github/x.yml", "galaxy.yml", "docs/a.md"]
    held: dict[str, bytes | None] = {name: b"" for name in ("README.md", ".ansible-lint", "docs/a.md", "MANIFEST.json", "FILES.json")}
    assert contents.problems({**held, "docs": None}, repository) == []
    assert contents.problems(
        held | {".github/x.yml": b"", "notes.txt": b"", "server.pem": b""}, [*repository, "server.pem", "Makefile"]
    ) == [
        "Makefile is missing: a pattern of build_ignore in galaxy.yml takes it",
        ".github/x.yml is in the file, and only a clone needs it: add it to build_ignore in galaxy.yml",
        "notes.txt is in the file, and not in the repository",
        "server.pem is in the file: nothing of that kind may be",
    ]


def test_a_link_to_what_users_do_not_have_is_found() -> None:
    page = b"[a](a.md) [b](../README.md#top) [c](../gone.md) [d](https://example.com/d.md) [e](#e) [f](../docs)"
    held: dict[str, bytes | None] = {"docs/b.md": page, "docs/a.md": b"", "README.md": b"", "docs": None}
    assert contents.dead_links(held) == [("docs/b.md", "../gone.md")]
