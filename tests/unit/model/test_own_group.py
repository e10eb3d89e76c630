# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the group of one user may write is her own, if nobody else can be in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model import _files, _private_group
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._files import check_private
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._private_group import is_own_group
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError

ME, OTHER, MINE = 54321, 54322, 4321


@pytest.fixture
def lone(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The user ada with a group of that name, as most systems make both; what a test changes is changed for her."""
    world: dict[str, Any] = {"name": "ada", "members": [], "primary": MINE, "others": [(OTHER, 4322)], "lists": [], "user": ME}

    _private_group._is_alone.cache_clear()

    def user(uid: int) -> Any:
        return SimpleNamespace(pw_name="ada", pw_uid=uid, pw_gid=world["primary"])

    def others() -> list[Any]:
        return [user(ME), *(SimpleNamespace(pw_name="bea", pw_uid=uid, pw_gid=gid) for uid, gid in world["others"])]

    monkeypatch.setattr(_private_group.os, "geteuid", lambda: world["user"])
    monkeypatch.setattr(_private_group.pwd, "getpwuid", user)
    monkeypatch.setattr(_private_group.pwd, "getpwall", others)
    monkeypatch.setattr(_private_group.grp, "getgrgid", lambda _gid: SimpleNamespace(gr_name=world["name"], gr_mem=world["members"]))
    monkeypatch.setattr(_private_group.os, "listxattr", lambda _path, **_options: world["lists"], raising=False)
    yield world
    _private_group._is_alone.cache_clear()


def test_what_the_group_of_one_user_can_write_is_her_own(tmp_path: Path, lone: dict[str, Any]) -> None:
    """umask 002 is usual where each user has a group: the former version's folders were refused for nothing."""
    assert is_own_group(tmp_path, MINE)
    _private_group._is_alone.cache_clear()
    lone.update(members=["ada"], lists=["user.note"])
    assert is_own_group(tmp_path, MINE)


@pytest.mark.parametrize(
    "given",
    [
        {"name": "staff"},
        {"members": ["ada", "bea"]},
        {"primary": 100},
        {"others": [(OTHER, MINE)]},
        {"lists": ["system.posix_acl_access"]},
        {"lists": ["system.nfs4_acl"]},
        {"user": 0},
    ],
    ids=str,
)
def test_a_group_that_anybody_else_may_be_in_is_no_group_of_one(tmp_path: Path, lone: dict[str, Any], given: dict[str, Any]) -> None:
    lone.update(given)
    assert not is_own_group(tmp_path, MINE)


def test_roots_group_and_one_of_which_nothing_is_known_are_no_group_of_one(
    tmp_path: Path, lone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lone["user"] == ME
    assert not is_own_group(tmp_path, 0)
    with monkeypatch.context() as elsewhere:
        elsewhere.delattr(_private_group.os, "listxattr")
        assert not is_own_group(tmp_path, MINE), "nobody can tell whether there is a list"
    assert is_own_group(tmp_path, MINE)

    def unknown(_gid: int) -> Any:
        raise KeyError

    monkeypatch.setattr(_private_group.grp, "getgrgid", unknown)
    _private_group._is_alone.cache_clear()
    assert not is_own_group(tmp_path, MINE)


@pytest.mark.parametrize(("mode", "fine"), [(0o770, True), (0o775, True), (0o2775, True), (0o777, False)])
def test_a_folder_of_a_group_of_one_may_hold_what_decides_about_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, fine: bool
) -> None:
    monkeypatch.setattr(_files, "is_own_group", lambda _path, _group: True)
    path = tmp_path / "memory.jsonl"
    path.write_text("{}")
    path.chmod(mode & 0o666)
    tmp_path.chmod(mode)
    if fine:
        check_private(str(path), "memory_path")
    else:
        with pytest.raises(PolicyError, match="others can write to"):
            check_private(str(path), "memory_path")
