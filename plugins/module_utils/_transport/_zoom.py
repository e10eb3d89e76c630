# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One Zoom account: REST and SCIM over one session and one token."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from ._errors import CredentialError
from ._http import Http, HttpOptions
from ._zoom_credentials import ZoomConnection, ZoomToken
from ._zoom_pace import ZoomPace
from ._zoom_rest import ZoomRest
from ._zoom_scim import ZoomScim
from ._zoom_wire import is_rate_limit, sender

T = TypeVar("T")


@dataclass(frozen=True)
class Zoom:
    """`has_rest`: whether REST can be used, which a SCIM token can't. `tenant` names the account in snapshots.

    `pace`: how fast it is asked.
    """

    rest: ZoomRest
    scim: ZoomScim
    has_rest: bool
    tenant: str
    scopes: Callable[[], frozenset[str]]
    each: Callable[[Callable[[Any], Any], list[Any]], list[Any]]
    pace: ZoomPace


def open_zoom(
    connection: ZoomConnection, options: HttpOptions, on_secret: Callable[[str], None], limits: Mapping[str, float] | None = None
) -> Zoom:
    """A client; with a SCIM token every REST call fails with a sentence that says so. `limits`: those that were found lately."""
    token = ZoomToken(connection, options, on_secret)
    http = Http("Zoom", connection.api_url, options, token.authorize, is_rate_limit)
    pace = ZoomPace(connection.rate_plan, connection.rate_share, connection.scim_rate, limits or {})
    scim = sender(http, pace.pacers, {"Accept": "application/scim+json"})
    rest = sender(http, pace.pacers, {"Accept": "application/json"}) if connection.has_rest else _no_rest
    return Zoom(ZoomRest(rest), ZoomScim(scim), connection.has_rest, tenant_of(connection), token.scopes, http.each, pace)


def tenant_of(connection: ZoomConnection) -> str:
    if connection.account_id:
        return connection.account_id
    return "token-" + hashlib.sha256((connection.access_token or "").encode()).hexdigest()[:12]


def _no_rest(method: str, path: str, *_args: object, **_options: object) -> NoReturn:
    raise CredentialError(
        f"{method} {path} needs Zoom's REST API, which a SCIM access_token can't use; give account_id, client_id and client_secret instead."
    )
