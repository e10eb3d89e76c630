# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token endpoint of any kind that answers in a form that nobody expects: one sentence, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import CredentialError, TransportError
from second_host import application, google, hosts, key, use, zoom

__all__ = ["hosts"]  # a fixture

TOKEN = {"access_token": "a" * 40, "expires_in": 3600, "scope": "x", "token_type": "Bearer"}
ODD: dict[str, str] = {
    "cut short": json.dumps(TOKEN)[:-9],
    "a list": json.dumps([TOKEN]),
    "NaN": '{"access_token": "%s", "expires_in": NaN}' % ("a" * 40),
    "nested deeply": "[" * 100_000,
    "nested in an object": '{"a":' * 5000 + "1" + "}" * 5000,
    "HTML": "<html>Sign in</html>",
    "{}": "{}",
    "null": "null",
    "a number for a token": json.dumps({**TOKEN, "access_token": 7, "accessToken": 7}),
    "a line break in a token": json.dumps({**TOKEN, "access_token": "a\nb", "accessToken": "a\nb"}),
    "no end": json.dumps({**TOKEN, "expires_in": 10**30}),
    "an end that is a text": json.dumps({**TOKEN, "expires_in": "soon"}),
    "an end that is a list": json.dumps({**TOKEN, "expires_in": [1]}),
    "a moment that is none": json.dumps({"accessToken": "a" * 40, "expireTime": 5}),
    "lone surrogates": '{"access_token": "\\ud800"}',
}
KINDS = ("service account", "user", "outside, by file", "outside, by url", "impersonation")


@pytest.mark.parametrize("odd", sorted(ODD))
@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_answer_of_google_s_token_endpoint_is_one_sentence(
    hosts: Any, kind: str, odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, first, second = hosts
    first.elsewhere, first.body = "", ODD[odd].encode()
    use(kind, url, tmp_path, monkeypatch)
    with pytest.raises(TransportError) as caught:  # of the token, or of the list that is answered in the same way
        google(url, auth_kind="application").org_units()
    assert str(caught.value).rstrip()[-1] in ".]"
    assert "Traceback" not in str(caught.value)
    assert (len(first.reached) > 0, second.reached) == (True, [])


@pytest.mark.parametrize("odd", sorted(ODD))
def test_an_odd_answer_of_zoom_s_token_endpoint_is_one_sentence(hosts: Any, odd: str) -> None:
    url, first, _second = hosts
    first.elsewhere, first.body = "", ODD[odd].encode()
    with pytest.raises(TransportError) as caught:
        zoom(url).rest.users("active", dict)
    assert str(caught.value).rstrip()[-1] in ".]"


@pytest.mark.parametrize("content", ["[]", "5", "null", '{"type": ["x"]}', '{"type": "service_account", "private_key": 5}', "[" * 5000])
def test_a_credential_file_of_an_unknown_form_is_one_sentence(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key.json"
    path.write_text(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    for given in ({"auth_kind": "application"}, {"auth_kind": "serviceaccount", "service_account_file": str(path)}):
        with pytest.raises(CredentialError):
            google("http://127.0.0.1:9", **given).org_units()


@pytest.mark.parametrize("field", ["private_key", "client_email", "token_uri"])
@pytest.mark.parametrize("value", [5, [], {}, None, True])
def test_a_key_with_a_field_of_another_type_is_one_sentence(field: str, value: Any) -> None:
    odd = {**key("http://127.0.0.1:9"), field: value}
    with pytest.raises(TransportError):
        google("http://127.0.0.1:9", auth_kind="serviceaccount", service_account_contents=odd).org_units()


def test_each_kind_of_credentials_is_tried(tmp_path: Path) -> None:
    assert set(KINDS) == application("http://127.0.0.1:9", tmp_path).keys()
