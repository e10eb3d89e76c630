# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How either Zoom API refuses: exceptions with status and body, raised by handlers, rendered by the endpoint."""

from __future__ import annotations

from typing import Any

from ...frame.refusal import Refusal

SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def rest_error(status: int, code: int, message: str, fields: tuple[str, ...] = ()) -> Refusal:
    body: dict[str, Any] = {"code": code, "message": message}
    if fields:
        body["errors"] = [{"field": name, "message": "Invalid field."} for name in fields]
    return Refusal(status, body)


def invalid(*fields: str) -> Refusal:
    return rest_error(400, 300, "Validation Failed.", fields)


def scim_error(status: int, detail: str) -> Refusal:
    # `status` is a JSON number and there is no scimType: seen verbatim on live accounts
    return Refusal(status, {"schemas": [SCIM_ERROR], "detail": detail, "status": status})


def no_user(user_id: str) -> Refusal:
    return rest_error(404, 1001, f"User does not exist: {user_id}.")


def not_json() -> Refusal:
    return scim_error(400, "The request body must be in JSON format.")


def invitation_missing(operation: str = "") -> Refusal:
    """PATCH says more about it than the others."""
    if operation != "userUpdate":
        return rest_error(400, 1120, "A valid invitation to join the Zoom account was not found for this user.")
    text = (
        "A valid invitation to join the Zoom account wasn't found for this user. This error happens if you add a user to "
        "your account but the user didn't accept the invitation and the invitation expired, making the `userId` invalid."
    )
    return rest_error(400, 1120, text)


def wrong_domain() -> Refusal:
    text = (
        "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary."
    )
    return scim_error(409, text)
