# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Each action as the calls that do it, each proven by its answer or by one read. Answers are account fields as Zoom tells them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from .._model._account import ENTERPRISE, TOLD, ZOOM_EXTENSION, Account, account_from_rest, account_from_scim
from .._model._attributes import scim_body
from .._model._license import License
from .._model._text import fold, visible
from .._plan._change import Change
from .._transport._zoom import Zoom
from .._transport._zoom_scim import CORE, ElsewhereOrPending
from ._group_writes import GROUP_ACTIONS, read_group_back

Told = dict[str, Any]

_WHOLE = frozenset({"id", "userName", "active"})  # what an answer has to hold to stand for a read
_RE_READS = (0.5, 1.0, 2.0)  # seconds; how far reads trail writes is not documented


class NotDone(Exception):
    """Zoom answered success and changed nothing, or something else."""


def perform(zoom: Zoom, change: Change) -> Told:
    """ApiError when refused, NotDone when the answer shows another state."""
    return _ACTIONS[change.action](zoom, change)


def read_back(zoom: Zoom, change: Change) -> Told | None:
    """After an unknown outcome: what Zoom shows if the change was made, None if it was not."""
    if change.action in GROUP_ACTIONS:
        return read_group_back(zoom, change)
    if change.action in ("revoke", "hand_over"):  # neither shows anywhere, and either may be sent twice
        return None
    found = find_account(zoom, change.email if change.action == "create" else _id(change) or change.email)
    if change.action in ("delete", "disassociate"):
        return {} if found is None else None
    if found is None:
        return None
    if change.action == "create":
        return _told(found)
    return _told(found) if not _differs(change.after, _told(found)) else None


def find_account(zoom: Zoom, key: str) -> Account | None:
    """By address or id; a pending account is found by REST only."""
    if zoom.kind == "oauth":
        row = zoom.rest.find_user(key)
        return account_from_rest(row) if row else None
    try:
        found = zoom.scim.find_user(key) if "@" in key else zoom.scim.user(key)
    except ElsewhereOrPending:
        return None
    return account_from_scim(found) if found else None


def _id(change: Change) -> str:
    return change.account.id if change.account else ""


def _told(account: Account) -> Told:
    return {"id": account.id, "email": account.email, **{name: getattr(account, name) for name in TOLD}}


def _differs(after: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """Fields that the answer shows otherwise than they were asked for."""
    compared = {name: value for name, value in after.items() if name in told and value is not None and told[name] not in (None, "")}
    return [name for name, value in compared.items() if fold(visible(str(told[name]))) != fold(visible(str(value)))]


def _proven(change: Change, told: Told, only: tuple[str, ...]) -> Told:
    wrong = _differs({name: value for name, value in change.after.items() if name in only}, told)
    if wrong:
        shown = ", ".join(f"{name} {told[name]!r}" for name in wrong)
        raise NotDone(f"Zoom answered success, but shows {shown}; look at the account in Zoom.")
    return told


def _create(zoom: Zoom, change: Change) -> Told:
    license: License = change.payload["license"]
    user_type, extension = license.scim_attributes()
    body = scim_body(change.payload["values"])
    if extension:
        body[ZOOM_EXTENSION] = {**body.get(ZOOM_EXTENSION, {}), **extension}
    body.update(userName=change.email, active=True, userType=user_type, emails=[{"type": "work", "value": change.email, "primary": True}])
    answer = zoom.scim.create_user({"schemas": _schemas(body), **body})
    if not answer.get("id") or answer.get("active") is False:
        # outside the associated domains Zoom may invite instead (zoom-api.md 4.7)
        return {"id": "", "email": change.email, "status": "pending"}
    return {"id": answer["id"], "email": answer.get("userName") or change.email}


def _update(zoom: Zoom, change: Change) -> Told:
    body = scim_body(change.payload["values"])
    answer = zoom.scim.update_user(_id(change), {"schemas": _schemas(body), **body})
    return _proven(
        change,
        _named(answer if answer.keys() >= _WHOLE else zoom.scim.user(_id(change))),
        ("first_name", "last_name", "display_name", "department"),
    )


def _named(answer: Mapping[str, Any]) -> Told:
    told = _told(account_from_scim(answer))
    return {name: told[name] for name in ("first_name", "last_name", "display_name", "department", "status")}


def _schemas(body: Mapping[str, Any]) -> list[str]:
    return [CORE, *(urn for urn in (ENTERPRISE, ZOOM_EXTENSION) if urn in body)]


def _rename(zoom: Zoom, change: Change) -> Told:
    """REST is the documented way and answers 204: one read proves it."""
    email = change.payload["email"]
    if zoom.kind == "oauth":
        zoom.rest.change_email(_id(change), email)
        shown = _shown_address(zoom, change)
    else:
        body = {"schemas": [CORE], "emails": [{"type": "work", "value": email, "primary": True}]}
        shown = zoom.scim.update_user(_id(change), body)["userName"]
    return _proven(change, {"email": shown}, ("email",))


def _shown_address(zoom: Zoom, change: Change) -> str:
    """A read may trail the write for a moment: ask again before calling it undone."""
    for wait in (*_RE_READS, None):
        shown = str(zoom.rest.user(_id(change)).get("email") or "")
        if wait is None or fold(shown) == fold(change.payload["email"]):
            break
        time.sleep(wait)
    return shown


def _deactivate(zoom: Zoom, change: Change) -> Told:
    return _proven(change, {"status": _status(zoom, change, False)[0]}, ("status",))


def _reactivate(zoom: Zoom, change: Change) -> Told:
    status, kind = _status(zoom, change, True)
    return _proven(change, {"status": status, **({"type": kind} if kind else {})}, ("status",))


def _status(zoom: Zoom, change: Change, active: bool) -> tuple[str, int | None]:
    """State and type as the answer shows them; an answer without them is followed by a read."""
    answer = zoom.scim.set_active(_id(change), active)
    shown = account_from_scim(answer if answer.keys() >= _WHOLE else zoom.scim.user(_id(change)))
    return shown.status, shown.type


def _revoke(zoom: Zoom, change: Change) -> Told:
    zoom.rest.revoke_token(_id(change))
    return {}


def _hand_over(zoom: Zoom, change: Change) -> Told:
    body = scim_body(change.payload["values"])
    zoom.scim.update_user(_id(change), {"schemas": _schemas(body), **body})
    return {}


def _remove_account(zoom: Zoom, change: Change) -> Told:
    """An invitation has no id: its address stands for it."""
    zoom.rest.delete_user(_id(change) or change.email, change.action, change.payload["ending"].query())
    return {}


def _license(zoom: Zoom, change: Change) -> Told:
    """REST takes one licence field in a call: a bundle that is not to become basic is switched off first."""
    license: License = change.payload["license"]
    first: License | None = change.payload.get("first")
    if zoom.kind == "oauth":
        for step in (first, license) if first else (license,):
            zoom.rest.update_user(_id(change), step.rest_body())
    elif not license.settable_at_creation():
        raise NotDone("SCIM has no key for it; use an OAuth app (account_id, client_id, client_secret) in place of the access_token.")
    else:
        user_type, extension = license.scim_attributes()
        body: dict[str, Any] = {"userType": user_type, **({ZOOM_EXTENSION: extension} if extension else {})}
        zoom.scim.update_user(_id(change), {"schemas": _schemas(body), **body})
    return {}


_ACTIONS: dict[str, Callable[[Zoom, Change], Told]] = {
    "create": _create,
    "update": _update,
    "rename": _rename,
    "revoke": _revoke,
    "hand_over": _hand_over,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "disassociate": _remove_account,
    "delete": _remove_account,
    "license": _license,
    "downgrade": _license,
    **GROUP_ACTIONS,
}
