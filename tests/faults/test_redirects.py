# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No request of any library follows a redirect: a second host listens, and nothing ever reaches it.

Every method of every client is called, so that a new endpoint is held too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    CredentialError,
    OutcomeUnknown,
    TransportError,
    UnexpectedAnswer,
)
from answers import SENDS_NOTHING, arguments_of
from second_host import STATUSES, google, hosts, key, use, zoom

__all__ = ["hosts"]  # a fixture


def methods(client: Any) -> list[Callable[..., Any]]:
    found = [
        method for name, method in inspect.getmembers(client, inspect.ismethod) if not name.startswith("_") and name not in SENDS_NOTHING
    ]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("status", STATUSES)
def test_no_endpoint_of_either_side_is_followed_elsewhere(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, tried = status, 0
    both, directory = zoom(url), google(url, auth_kind="accesstoken", access_token="t" * 20)
    for client in (both.rest, both.scim, directory):
        for method in methods(client):
            tried += 1
            before = len(first.reached)
            with pytest.raises(TransportError) as caught:
                method(*arguments_of(method))
            sent = first.reached[-1]
            assert len(first.reached) > before, method.__name__
            assert f"elsewhere (HTTP {status}), which is not followed" in str(caught.value)
            # what became of a write, nobody knows
            assert isinstance(caught.value, UnexpectedAnswer if sent.startswith("GET ") else OutcomeUnknown), sent
    assert tried > 30
    assert second.reached == []


@pytest.mark.parametrize("status", STATUSES)
def test_zoom_s_token_endpoint_is_not_followed_elsewhere(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, first.token = status, False
    with pytest.raises(CredentialError) as caught:
        zoom(url).rest.summary()
    assert f"redirects elsewhere (HTTP {status}), which is not followed" in str(caught.value)
    assert (first.reached, second.reached) == (["POST /oauth/token"], [])


@pytest.mark.parametrize("status", STATUSES)
def test_google_s_token_endpoint_is_not_followed_elsewhere_with_the_signed_assertion(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, first.token = status, False
    with pytest.raises(CredentialError) as caught:
        google(url, auth_kind="serviceaccount", service_account_contents=key(url), subject="admin@example.com").org_units()
    assert f"redirects elsewhere (HTTP {status}), which is not followed" in str(caught.value)
    assert (first.reached, second.reached) == (["POST /token"], [])


@pytest.mark.parametrize("kind", ["service account", "user", "outside, by file", "outside, by url", "impersonation"])
def test_no_endpoint_of_application_default_credentials_is_followed_elsewhere(
    hosts: Any, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, first, second = hosts
    first.token = kind == "impersonation"  # its source's token is given, its own is not
    use(kind, url, tmp_path, monkeypatch)
    for status in STATUSES:
        first.status = status
        with pytest.raises(TransportError) as caught:
            google(url, auth_kind="application").org_units()
        assert f"(HTTP {status}), which is not followed" in str(caught.value)
    assert first.reached
    assert second.reached == []


@pytest.mark.parametrize("status", STATUSES)
def test_a_metadata_server_is_not_followed_elsewhere(hosts: Any, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, first, second = hosts
    first.status = status
    host = url.removeprefix("http://")
    for name, value in {"GCE_METADATA_HOST": host, "GCE_METADATA_IP": host, "CLOUDSDK_CONFIG": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with pytest.raises(TransportError):
        google(url, auth_kind="application").org_units()
    assert second.reached == []
