# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module does where a role's guard let something pass: no credentials of the environment when it may not take them."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _connect_google
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect_google import google_connection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect_zoom import zoom_connection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import CredentialError
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._crossing import GOOGLE, ZOOM


def connected(side: str, params: dict[str, Any]) -> Any:
    environment = {"ZOOM_ACCOUNT_ID": "of-the-environment", "GCP_SERVICE_ACCOUNT_FILE": "of-the-environment", "GCP_AUTH_KIND": ""}
    return (zoom_connection if side == ZOOM else google_connection)(params, environment)


@pytest.mark.parametrize("blank", [{}, {"access_token": ""}, {"access_token": None}])
@pytest.mark.parametrize("side", [ZOOM, GOOGLE])
def test_a_module_that_may_not_ask_the_environment_says_so_in_place_of_asking(side: str, blank: dict[str, Any]) -> None:
    for allowed in ({}, {"credentials_from_environment": True}):
        assert "of-the-environment" in vars(connected(side, {**blank, **allowed})).values()
    with pytest.raises(CredentialError, match=f"may be another tenant's .*Give {side} "):
        connected(side, {**blank, "credentials_from_environment": False})


def test_nor_does_it_ask_for_application_default_credentials() -> None:
    assert connected(GOOGLE, {"auth_kind": "application"}).auth_kind == "application"
    with pytest.raises(CredentialError, match=r"auth_kind is application.*service_account_file"):
        connected(GOOGLE, {"auth_kind": "application", "credentials_from_environment": False})
    own = {"auth_kind": "application", "subject": "admin@example.com", "credentials_from_environment": False}
    assert connected(GOOGLE, own).subject == "admin@example.com"


def test_credentials_that_are_given_need_no_permission() -> None:
    assert connected(ZOOM, {"access_token": "own", "credentials_from_environment": False}).access_token == "own"
    assert connected(GOOGLE, {"access_token": "own", "credentials_from_environment": False}).auth_kind == "accesstoken"


def warned(path: object, **more: Any) -> list[str]:
    said: list[str] = []
    run: Any = SimpleNamespace(params={"service_account_file": str(path), **more}, warn=said.append)
    _connect_google._connection(run)
    return said


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, False), (0o644, True), (0o604, True)])
def test_a_key_of_one_s_own_that_others_may_read_is_named_with_the_cure(tmp_path: Path, mode: int, is_open: bool) -> None:
    key = tmp_path / "key.json"
    key.touch()
    key.chmod(mode)
    said = warned(key)
    assert bool(said) is is_open
    assert all(str(key) in sentence and "chmod 600" in sentence for sentence in said)


def test_what_is_not_one_s_own_file_may_have_any_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a secret that a container is given, a key in the place of a path, and a file that is not there."""
    pipe, key = tmp_path / "pipe", tmp_path / "key.json"
    os.mkfifo(pipe)
    key.touch()
    for path in (pipe, key):
        path.chmod(0o644)
    assert warned(pipe) == warned("{}") == warned(tmp_path / "none") == warned(key, auth_kind="application") == []
    monkeypatch.setattr(os, "geteuid", lambda: key.stat().st_uid + 1)
    assert warned(key) == []
