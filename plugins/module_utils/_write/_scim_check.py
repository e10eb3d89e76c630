# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether Zoom takes SCIM calls at all, before a plan writes the first one: in check mode too, and said once, not for each account."""

from __future__ import annotations

from .._plan._change import Change, Plan
from .._transport._errors import ApiError, Forbidden
from .._transport._zoom import Zoom
from ._actions import Scim
from ._zoom_actions import ZOOM_WRITES


def check_scim(zoom: Zoom, plan: Plan) -> None:
    """One read where the plan holds SCIM writes. ApiError where SSO is off, or the token may not use SCIM: nothing is tried then.

    An app for plans alone, as pull requests use one, may write nothing at all and need not use SCIM.
    """
    if any(by_scim(zoom, change) for change in plan.changes) and not _only_reads(zoom):
        refusal = scim_refusal(zoom)
        if refusal:
            raise refusal


def by_scim(zoom: Zoom, change: Change) -> bool:
    scim = ZOOM_WRITES[change.action].scim
    return scim is Scim.ALWAYS or (scim is Scim.WITHOUT_REST and not zoom.has_rest)


def scim_refusal(zoom: Zoom) -> ApiError | None:
    """What keeps every SCIM call of users from being taken, None where nothing does."""
    try:
        zoom.scim.probe()
    except ApiError as error:
        if isinstance(error, Forbidden) or "single sign-on" in error.message.lower():
            return error
    return None


def _only_reads(zoom: Zoom) -> bool:
    """By the scopes that the token shows; a SCIM token shows none."""
    scopes = zoom.scopes()
    return bool(scopes) and not any(part in scope for scope in scopes for part in ("scim2", ":write", ":update", ":delete"))
