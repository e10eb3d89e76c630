# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Google refuses: an exception with the error envelope, raised by handlers, rendered by the endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...frame.refusal import Refusal

# the newer status name beside the code
STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
}


def refuse(
    status: int,
    reason: str,
    message: str,
    *,
    domain: str = "global",
    location: tuple[str, str] | None = None,
    newer: bool = False,
    details: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refusal:
    """`location`: its name and type. `newer`: with the status name that newer paths add."""
    item = {"message": message, "domain": domain, "reason": reason}
    if location:
        item["location"], item["locationType"] = location
    error: dict[str, Any] = {"code": status, "message": message, "errors": [item]}
    if newer or details:
        error["status"] = STATUS[status]
    if details:
        error["details"] = details
    return Refusal(status, {"error": error}, headers)


def invalid(message: str) -> Refusal:
    return refuse(400, "invalid", message)


def invalid_input(name: str) -> Refusal:
    return invalid(f"Invalid Input: {name}")


def required(name: str) -> Refusal:
    return refuse(400, "required", f"Missing required field: {name}")


def bad_request(message: str = "Bad Request") -> Refusal:
    return refuse(400, "badRequest", message)


def unknown_name(name: str, why: str) -> Refusal:
    message = f'Invalid JSON payload received. Unknown name "{name}": {why}'
    violation = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"description": message}]}
    return refuse(400, "invalid", message, newer=True, details=[violation])


def not_found(key: str) -> Refusal:
    return refuse(404, "notFound", f"Resource Not Found: {key}")


def missing(message: str) -> Refusal:
    return refuse(404, "notFound", message)


def exists(message: str = "Entity already exists.") -> Refusal:
    return refuse(409, "duplicate", message)


def condition_not_met(message: str, status: int = 412) -> Refusal:
    return refuse(status, "conditionNotMet", message)


def not_authorized() -> Refusal:
    return refuse(403, "forbidden", "Not Authorized to access this resource/api")


def login_required() -> Refusal:
    header = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'}
    return refuse(401, "required", "Login Required", location=("Authorization", "header"), headers=header)


def invalid_credentials() -> Refusal:
    header = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'}
    return refuse(401, "authError", "Invalid Credentials", location=("Authorization", "header"), headers=header)


def scope_missing(accepted: tuple[str, ...]) -> Refusal:
    """The header names what is needed."""
    scopes = " ".join(accepted)
    header = {"WWW-Authenticate": f'Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="{scopes}"'}
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
    }
    text = "Request had insufficient authentication scopes."
    return refuse(403, "insufficientPermissions", text, newer=True, details=[info], headers=header)
