# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token that one module was given serves the next, for the same credentials and scopes, as long as it is taken."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _shared_tokens
from calling import call
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox


class Keeper(dict[str, dict[str, Any]]):
    """As the module host is one, in this process."""

    def take(self, key: str) -> Mapping[str, Any]:
        return self.get(key, {})

    def give(self, key: str, token: Mapping[str, Any]) -> None:
        self[key] = dict(token)


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    before, found = list(_shared_tokens._shared), Keeper()
    _shared_tokens.share(found)
    yield found
    _shared_tokens.share(before[0])


@pytest.fixture
def box(player: Player) -> Sandbox:
    return player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account("ada.byron")]))


def zoom(box: Sandbox, **more: Any) -> dict[str, Any]:
    return call("zoom_user_info", box, emails=["ada.byron@example.com"], **more)


def google(box: Sandbox, **more: Any) -> dict[str, Any]:
    return call("google_group_members_info", box, groups=[SCOPE], **more)


def expire(box: Sandbox, side: str) -> None:
    (box.zoom if side == "zoom" else box.google).expire_tokens()


SIDES = {"zoom": zoom, "google": google}


@pytest.mark.parametrize("side", SIDES)
def test_one_token_serves_many_modules_which_keys_do_not_show(side: str, box: Sandbox, keeper: Keeper) -> None:
    for _module in range(3):
        assert not SIDES[side](box)["failed"]
    assert len(box.ledger.tokens()) == 1
    (key,) = keeper
    for secret in (box.connections()["zoom_connection"]["client_secret"], "PRIVATE"):
        assert secret not in key


@pytest.mark.parametrize("side", SIDES)
def test_a_shared_token_that_is_refused_is_replaced_by_one_for_all(side: str, box: Sandbox, keeper: Keeper) -> None:
    SIDES[side](box)
    expire(box, side)
    assert not SIDES[side](box)["failed"]
    assert len(box.ledger.tokens()) == 2
    assert 401 in [entry["status"] for entry in box.ledger.reads()]
    box.ledger.clear()
    assert not SIDES[side](box)["failed"]
    assert box.ledger.tokens() == []
    assert {entry["status"] for entry in box.ledger.reads()} == {200}


@pytest.mark.parametrize("side", SIDES)
def test_a_token_that_lives_for_half_of_its_time_only_is_left_to_whoever_has_it(
    side: str, box: Sandbox, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    SIDES[side](box)
    clock = time.time
    monkeypatch.setattr(_shared_tokens.time, "time", lambda: clock() + 1900)
    SIDES[side](box)
    assert len(box.ledger.tokens()) == 2


def test_other_credentials_or_scopes_have_tokens_of_their_own(box: Sandbox, keeper: Keeper) -> None:
    zoom(box)
    given = box.connections()["zoom_connection"]
    assert zoom(box, connection={**given, "client_secret": "wrong"})["failed"]
    google(box)
    call("google_group_info", box, groups=[SCOPE])
    assert len(keeper) == 3
    assert len(box.ledger.tokens()) == 4


def test_a_token_that_was_given_is_not_shared(box: Sandbox, keeper: Keeper) -> None:
    call("zoom_scim_users", box, check=True, people=[], connection={"access_token": box.zoom.scim_token, "api_url": box.url})
    assert keeper == {}
    assert box.ledger.tokens() == []


def test_a_shared_token_is_masked_like_one_of_the_modules_own(box: Sandbox, keeper: Keeper) -> None:
    zoom(box)
    ((key, kept),) = keeper.items()
    box.faults.add(method="GET", path="/v2/users*", status=400, times=None, body={"code": 300, "message": f"Bearer {kept['token']}"})
    refused = zoom(box)
    assert refused["failed"]
    assert kept["token"] not in json.dumps(refused)
    assert key


def test_the_file_of_a_key_is_read_once(box: Sandbox, keeper: Keeper, tmp_path: Path) -> None:
    """It may be a pipe, such as that of a program which decrypts it; or be replaced, and one key's token be kept under the other's name."""
    given = box.connections()["google_connection"]
    pipe, text = tmp_path / "key", Path(given["service_account_file"]).read_text()
    os.mkfifo(pipe, 0o600)
    threading.Thread(target=pipe.write_text, args=(text,), daemon=True).start()
    found = call("google_group_members_info", box, groups=[SCOPE], connection={**given, "service_account_file": str(pipe)})
    assert not found["failed"], found
    assert len(keeper) == 1
