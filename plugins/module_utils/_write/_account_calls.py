# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Each action as the calls that do it, each proven by its answer or by one read. Answers are account fields as Zoom tells them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from .._model._account import ENTERPRISE, TOLD, ZOOM_EXTENSION, Account, account_from_rest, account_from_scim
from .._model._attributes import LISTED_PATHS, scim_body
from .._model._license import License
from .._model._text import name_key
from .._plan._change import Change
from .._plan._outcomes import finding
from .._report._refusals import is_name_refusal
from .._transport._errors import ApiError, ScopeMissing, TransportError
from .._transport._zoom import Zoom
from .._transport._zoom_scim import CORE
from ._group_calls import GROUP_ACTIONS, read_group_back

Told = dict[str, Any]

_REMOVALS = frozenset({"delete", "disassociate", "remove", "delete_group"})
_NO_INVITATION = "1120"  # a person who was invited once and is nobody now
_NAMES = frozenset({"name.givenName", "name.familyName", "displayName"})
_WHOLE = ("id", "userName", "active")  # what an answer has to hold to stand for a read
RE_READS = (0.5, 1.0, 2.0)  # seconds; how far reads trail writes is not documented


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


def already_gone(zoom: Zoom, change: Change, refusal: ApiError) -> Told | None:
    """A removal that Zoom refuses because there is nothing to remove is done, whatever status and words say so; None if it is not so."""
    if change.action not in _REMOVALS or refusal.status not in (400, 404) or isinstance(refusal, ScopeMissing):
        return None
    try:
        return read_back(zoom, change)
    except TransportError:
        return None


def find_account(zoom: Zoom, key: str) -> Account | None:
    """By address or id; a pending account is found by REST only."""
    if zoom.kind == "oauth":
        return _by_rest(zoom, key)
    found = zoom.scim.find_user(key) if "@" in key else zoom.scim.user(key)
    return account_from_scim(found) if found else None


def _by_rest(zoom: Zoom, key: str) -> Account | None:
    try:
        row = zoom.rest.find_user(key)
    except ApiError as error:
        if error.code == _NO_INVITATION:
            return None
        raise
    return account_from_rest(row) if row else None


def _id(change: Change) -> str:
    return change.account.id if change.account else ""


def _told(account: Account) -> Told:
    return {"id": account.id, "email": account.email, **{name: getattr(account, name) for name in TOLD}}


def _differs(after: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """Fields that the answer shows otherwise than they were asked for."""
    compared = {name: value for name, value in after.items() if name in told and value is not None and told[name] not in (None, "")}
    return [name for name, value in compared.items() if name_key(str(told[name])) != name_key(str(value))]


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
    told: Told = {"id": str(answer.get("id") or "").strip(), "email": answer.get("userName") or change.email}
    # outside the associated domains Zoom may invite instead (zoom-api.md 4.7); what else it may have made, one look tells later
    return told if answer.get("active") is not False else {**told, "status": "pending"}


def _update(zoom: Zoom, change: Change) -> Told:
    try:
        answer = _put(zoom, change)
    except ApiError as refusal:
        others = {path: value for path, value in change.payload["values"].items() if path not in _NAMES}
        if not is_name_refusal(refusal) or others in ({}, change.payload["values"]):
            raise
        # a name that Zoom does not take keeps nothing else from being brought up to date
        change.payload.update(values=others, refused=refusal)
        change.after = {name: value for name, value in change.after.items() if LISTED_PATHS.get(name) not in _NAMES}
        answer = _put(zoom, change)
    told = _named(_whole(zoom, change, answer))
    if _differs({"display_name": change.after.get("display_name")}, told):
        told = _display_name(zoom, change, told)
    return _proven(change, told, ("first_name", "last_name", "display_name", "department"))


def _whole(zoom: Zoom, change: Change, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer to a write, or a read where the answer leaves open what there is now."""
    return answer if all(answer.get(name) not in (None, "") for name in _WHOLE) else zoom.scim.user(_id(change))


def _put(zoom: Zoom, change: Change) -> Told:
    body = scim_body(change.payload["values"])
    return zoom.scim.update_user(_id(change), {"schemas": _schemas(body), **body})


def _display_name(zoom: Zoom, change: Change, told: Told) -> Told:
    """A PUT of displayName was seen to answer 200 and to change nothing (zoom-api.md 11a): then REST sets it, or the run remembers."""
    if zoom.kind == "oauth":
        zoom.rest.update_user(_id(change), {"display_name": change.after["display_name"]})
        return {**told, "display_name": _shown_by_rest(zoom, change, "display_name")}
    if change.account and "display_name" not in change.account.fixed:
        change.account.fixed.append("display_name")
    kept = told["display_name"]
    change.payload["remarks"] = [finding("display_name_fixed", change.email, wanted=change.after.pop("display_name"), kept=kept)]
    change.payload["idle"] = set(change.payload["values"]) == {"displayName"}
    return told


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
        shown = _shown_by_rest(zoom, change, "email")
    else:
        body = {"schemas": [CORE], "emails": [{"type": "work", "value": email, "primary": True}]}
        shown = _whole(zoom, change, zoom.scim.update_user(_id(change), body))["userName"]
    return _proven(change, {"email": shown}, ("email",))


def _shown_by_rest(zoom: Zoom, change: Change, name: str) -> str:
    """A read may trail the write for a moment: ask again before calling it undone."""
    for wait in (*RE_READS, None):
        shown = str(zoom.rest.user(_id(change)).get(name) or "")
        if wait is None or name_key(shown) == name_key(str(change.after[name])):
            break
        time.sleep(wait)
    return shown


def _deactivate(zoom: Zoom, change: Change) -> Told:
    return _proven(change, {"status": _status(zoom, change, False)[0]}, ("status",))


def _reactivate(zoom: Zoom, change: Change) -> Told:
    status, kind = _status(zoom, change, True)
    return _proven(change, {"status": status, **({"type": kind} if kind else {})}, ("status",))


def _status(zoom: Zoom, change: Change, active: bool) -> tuple[str, int | None]:
    shown = account_from_scim(_whole(zoom, change, zoom.scim.set_active(_id(change), active)))
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
    elif not license.in_scim():
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
