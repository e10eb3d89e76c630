# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is written of an account's licence. Answers are account fields."""

from __future__ import annotations

from typing import Any

from .._model._account import ZOOM_EXTENSION
from .._model._license import license_of
from .._plan._change_data import LicenseChange
from .._transport._errors import ApiError, Unauthorized
from .._transport._zoom import Zoom
from ._account_calls import schemas
from ._attempt import Answered, Attempt, NotDone


def change_license(zoom: Zoom, attempt: Attempt) -> Answered:
    """REST takes one licence field in a call: a bundle that is not to become basic is switched off first."""
    data = attempt.change.needs(LicenseChange)
    license, first = data.license, data.first
    if zoom.has_rest:
        if first:
            zoom.rest.update_user(attempt.account_id, first.rest_body())
        try:
            zoom.rest.update_user(attempt.account_id, license.rest_body())
        except ApiError as refusal:
            if first and not isinstance(refusal, Unauthorized):
                _put_back(zoom, attempt, refusal)
            raise
    elif not license.in_scim():
        raise NotDone("SCIM has no key for it; use an OAuth app (account_id, client_id, client_secret) in place of the access_token.")
    else:
        user_type, extension = license.scim_attributes()
        body: dict[str, Any] = {"userType": user_type, **({ZOOM_EXTENSION: extension} if extension else {})}
        zoom.scim.update_user(attempt.account_id, {"schemas": schemas(body), **body})
    return {}


def _put_back(zoom: Zoom, attempt: Attempt, refusal: ApiError) -> None:
    """The bundle that was switched off for a licence that is refused; NotDone where that can't be."""
    held = license_of(attempt.change.account) if attempt.change.account else None
    if held is None:
        return
    try:
        zoom.rest.update_user(attempt.account_id, held.rest_body())
    except ApiError:
        raise NotDone(f"{refusal} Its former licence was switched off before, and could not be given back; run again.") from None
