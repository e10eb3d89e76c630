# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What both sides' clients are opened with. Tenants are never crossed: one credential option given, none from the environment.

Each side has a file of its own: a module loads the client that it uses, and no library of the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport._errors import CredentialError
from .._transport._http import HttpOptions
from .._transport._plain_http import refuse_plain
from ._module import Run

_UNCHECKED = (
    "validate_certs is false: certificates are not checked, so anybody on the way could read the credentials and change who has an "
    "account. Set ca_path to the certificates to trust, and leave validate_certs out."
)


def credentials(params: Mapping[str, Any], names: Mapping[str, str], environment: Mapping[str, str], needs: str) -> dict[str, Any]:
    """The credential options as given, or, if none is, all from the environment where it may be asked. `needs`: what to give instead."""
    given = {name: params.get(name) for name in names}
    if any(value not in (None, "") for value in given.values()):
        return {name: value or None for name, value in given.items()}
    if not from_environment(params):
        raise CredentialError(nobodys("No credential is given", needs))
    return {name: environment.get(variable) or None for name, variable in names.items()}


def from_environment(params: Mapping[str, Any]) -> bool:
    return params.get("credentials_from_environment") is not False


def nobodys(why: str, needs: str) -> str:
    return (
        f"{why}, and those of the environment may be another tenant's (credentials_from_environment is false, as roles set it where the "
        f"inventory holds other hosts), so nothing was read. Give {needs} in the host's variables."
    )


def http_options(run: Run) -> HttpOptions:
    """In check mode, the transport refuses every write."""
    params = run.params
    if not params["validate_certs"]:
        run.warn(_UNCHECKED)
    return HttpOptions(
        timeout=float(params["timeout"]),
        max_attempts=max(int(params["max_attempts"]), 1),
        validate_certs=bool(params["validate_certs"]),
        ca_path=params.get("ca_path") or None,
        read_only=run.check_mode,
        on_write=run.before_write,
        on_read=run.before_read,
        on_page=run.progress.page,
        insecure=bool(params.get("insecure")),
        secrets=run.secrets,
    )


def checked_url(params: Mapping[str, Any], option: str, url: str) -> str:
    """Where credentials may be sent."""
    refuse_plain(option, url, insecure=bool(params.get("insecure")))
    return url
