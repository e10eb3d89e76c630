# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is written of an account: the calls of each action, proven by their answer or by one read. Answers are account fields."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from .._model._account import ANSWERED, ATTRIBUTES, ENTERPRISE, ZOOM_EXTENSION, Account, account_from_scim
from .._model._attributes import LISTED, LISTED_PATHS, emptied, scim_body
from .._model._text import moment, name_key
from .._plan._change_data import Attributes, Creation, NewAddress, Offboarding
from .._plan._outcomes import finding
from .._read._single_accounts import find_account
from .._report._refusals import is_name_refusal
from .._transport._errors import (
    ApiError,
    Conflict,
    DailyLimit,
    Forbidden,
    OutcomeUnknown,
    TransportError,
    Unauthorized,
)
from .._transport._zoom import Zoom
from .._transport._zoom_scim import CORE
from ._attempt import Answered, Attempt, NotDone
from ._proof import seen

_NAMES = frozenset({"name.givenName", "name.familyName", "displayName"})
_WHOLE = ("id", "userName", "active")  # what an answer has to hold to stand for a read
_THIS_RUN = timedelta(days=1)  # no run takes longer
RE_READS = (0.5, 1.0, 2.0)  # seconds; how far reads trail writes is not documented


def read_account_back(zoom: Zoom, attempt: Attempt) -> Answered | None:
    found = _found(zoom, attempt)
    return None if found is None or _differs(attempt.change.after, _answered_fields(found)) else _answered_fields(found)


def read_created(zoom: Zoom, attempt: Attempt) -> Answered | None:
    found = find_account(zoom, attempt.change.email)
    return None if found is None else _answered_fields(found)


def read_gone(zoom: Zoom, attempt: Attempt) -> Answered | None:
    return {} if _found(zoom, attempt) is None else None


def invisible(_zoom: Zoom, _attempt: Attempt) -> Answered | None:
    """Neither a revoked login nor an heir shows anywhere, and either may be sent twice."""
    return None


def _found(zoom: Zoom, attempt: Attempt) -> Account | None:
    return find_account(zoom, attempt.account_id or attempt.change.email)


def _answered_fields(account: Account) -> Answered:
    return {"id": account.id, "email": account.email, **{name: getattr(account, name) for name in ANSWERED}}


def _differs(after: Mapping[str, Any], answered: Mapping[str, Any]) -> list[str]:
    """Fields that the answer shows otherwise than they were asked for."""
    compared = {name: value for name, value in after.items() if name in answered and value is not None and answered[name] not in (None, "")}
    return [name for name, value in compared.items() if name_key(str(answered[name])) != name_key(str(value))]


def _confirmed(attempt: Attempt, answered: Answered, only: tuple[str, ...]) -> Answered:
    wrong = _differs({name: value for name, value in attempt.change.after.items() if name in only}, answered)
    if wrong:
        shown = ", ".join(f"{name} {answered[name]!r}" for name in wrong)
        raise NotDone(f"Zoom answered success, but shows {shown}; look at the account in Zoom.")
    return answered


def create(zoom: Zoom, attempt: Attempt) -> Answered:
    change, data = attempt.change, attempt.change.needs(Creation)
    user_type, extension = data.license.scim_attributes()
    body = scim_body(data.values)
    if extension:
        body[ZOOM_EXTENSION] = {**body.get(ZOOM_EXTENSION, {}), **extension}
    body.update(userName=change.email, active=True, userType=user_type, emails=[{"type": "work", "value": change.email, "primary": True}])
    try:
        answer = zoom.scim.create_user({"schemas": schemas(body), **body})
    except (OutcomeUnknown, Unauthorized):
        attempt.lost = True
        raise
    except ApiError as refusal:
        made = _made_meanwhile(zoom, attempt) if isinstance(refusal, Conflict) or "already in use" in str(refusal) else None
        if made is None:
            raise
        return made
    answered: Answered = {"id": str(answer.get("id") or "").strip(), "email": answer.get("userName") or change.email}
    # outside the associated domains Zoom may invite instead (zoom-api.md 4.7); what else it may have made, one read shows later
    return answered if answer.get("active") is not False else {**answered, "status": "pending"}


def _made_meanwhile(zoom: Zoom, attempt: Attempt) -> Answered | None:
    """The account that a run on another machine, or somebody, made since the lists were read; or this run, by a request that was lost.

    Of an older one only the next run, which reads all of it, can say whose it is.
    """
    try:
        found = find_account(zoom, attempt.change.email)
    except TransportError:
        return None
    made = moment(found.created) if found and found.status == "active" else None
    if found is None or made is None:
        return None
    if datetime.now(timezone.utc) - made > _THIS_RUN:
        raise NotDone("The account is there, but it was changed while the lists were read, which did not show it. Run again.")
    if attempt.lost:
        return _answered_fields(found)
    attempt.others, attempt.idle = "It was made by another run, or by somebody, while this run was working.", True
    attempt.remarks = [finding("made_meanwhile", attempt.change.email)]
    return _answered_fields(found)


def update(zoom: Zoom, attempt: Attempt) -> Answered:
    """Written to the end, or so that the next run sees what is missing."""
    done: tuple[str, ...] = ()
    try:
        done = _display_name_first(zoom, attempt)
        answer = _put(zoom, attempt, attempt.change.values)
    except ApiError as refusal:
        others = _without_refused(attempt, refusal, done)
        if not others:
            return dict(attempt.change.after)
        answer = _put(zoom, attempt, others)
    answered = _named(_whole(zoom, attempt, answer))
    _drop_unemptied(attempt, answered)
    if _differs({"display_name": attempt.change.after.get("display_name")}, answered):
        answered = _display_name(zoom, attempt, answered, sent=bool(done))
    return _confirmed(attempt, answered, tuple(LISTED_PATHS))


def _drop_unemptied(attempt: Attempt, answered: Answered) -> None:
    """Whether an empty text empties an attribute is not documented (zoom-api.md 4.8): what Zoom left was not made, and has not failed."""
    left = [name for name in emptied(attempt.change.values) if answered.get(name) not in (None, "")]
    if left:
        kept = {path: value for path, value in attempt.change.values.items() if LISTED.get(path) not in left}
        after = {name: value for name, value in attempt.change.after.items() if name not in left}
        attempt.remarks = [finding("undo_not_emptied", attempt.change.email, field=name.replace("_", " ")) for name in left]
        attempt.idle = not kept
        attempt.ask(after=after, data=Attributes(kept))


def _display_name_first(zoom: Zoom, attempt: Attempt) -> tuple[str, ...]:
    """Sets it before the names that it follows; the paths that are done.

    A run that fails between them leaves names that differ, which the next one plans. The other way round it would leave a display name
    that is no longer made of the names, as one that somebody chose. A PUT of both may set the names alone (zoom-api.md 11a).
    """
    values = attempt.change.values
    if not zoom.has_rest or "displayName" not in values or values.keys().isdisjoint(_NAMES - {"displayName"}):
        return ()
    name = {"display_name": values["displayName"]}
    try:
        zoom.rest.update_user(attempt.account_id, name)
    except OutcomeUnknown:
        # looked up by itself, as the proof of the whole would send this half again
        if name_key(_shown_by_rest(zoom, attempt, "display_name")) != name_key(values["displayName"]):
            raise
    except Forbidden:
        # an app may do without the scope for this where SCIM sets the name
        if _differs(name, _named(_put(zoom, attempt, {"displayName": values["displayName"]}))):
            raise
    return ("displayName",)


def _without_refused(attempt: Attempt, refusal: ApiError, done: tuple[str, ...]) -> dict[str, Any]:
    """What is still to be sent, if anything; raises the refusal where nothing was made and nothing can be.

    From here on the attempt asks for what is made. A name that Zoom does not take keeps nothing else from being brought up to date.
    """
    change = attempt.change
    others = {path: value for path, value in change.values.items() if path not in _NAMES} if is_name_refusal(refusal) else {}
    if isinstance(refusal, Unauthorized) or others == change.values or not (others or done):
        raise refusal
    made = {path: value for path, value in change.values.items() if path in others or path in done}
    left = {LISTED[path] for path in change.values if path in LISTED and path not in made}
    left |= set() if others else {name for name in change.after if name not in LISTED_PATHS}
    attempt.partly, attempt.spent = refusal, refusal if isinstance(refusal, DailyLimit) else None
    attempt.ask(after={name: value for name, value in change.after.items() if name not in left}, data=Attributes(made))
    return others


def _whole(zoom: Zoom, attempt: Attempt, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer to a write, or a read where the answer leaves open what there is now."""
    return answer if all(answer.get(name) not in (None, "") for name in _WHOLE) else seen(lambda: zoom.scim.user(attempt.account_id))


def _put(zoom: Zoom, attempt: Attempt, values: Mapping[str, Any]) -> Answered:
    body = scim_body(values)
    return zoom.scim.update_user(attempt.account_id, {"schemas": schemas(body), **body})


def _display_name(zoom: Zoom, attempt: Attempt, answered: Answered, *, sent: bool) -> Answered:
    """A PUT of displayName was seen to answer 200 and to change nothing (zoom-api.md 11a): then REST sets it, or the run remembers."""
    after, account = dict(attempt.change.after), attempt.change.account
    if zoom.has_rest:
        if not sent:
            zoom.rest.update_user(attempt.account_id, {"display_name": after["display_name"]})
        return {**answered, "display_name": _shown_by_rest(zoom, attempt, "display_name")}
    if account and "display_name" not in account.fixed:
        account.fixed = [*account.fixed, "display_name"]
    wanted = after.pop("display_name")
    attempt.remarks = [finding("display_name_fixed", attempt.change.email, wanted=wanted, kept=answered["display_name"])]
    attempt.idle = set(attempt.change.values) == {"displayName"}
    attempt.ask(after=after)
    return answered


def _named(answer: Mapping[str, Any]) -> Answered:
    """What the answer shows; an attribute that it leaves out is as it was, or as it was asked for."""
    answered = _answered_fields(account_from_scim(answer))
    shown = [one.field for one in ATTRIBUTES if one.in_scim(answer) is not None]
    return {name: answered[name] for name in (*shown, "status")}


def schemas(body: Mapping[str, Any]) -> list[str]:
    return [CORE, *(urn for urn in (ENTERPRISE, ZOOM_EXTENSION) if urn in body)]


def rename(zoom: Zoom, attempt: Attempt) -> Answered:
    """REST is the documented way and answers 204: one read proves it."""
    email = attempt.change.needs(NewAddress).email
    if zoom.has_rest:
        zoom.rest.change_email(attempt.account_id, email)
        shown = _shown_by_rest(zoom, attempt, "email")
    else:
        body = {"schemas": [CORE], "emails": [{"type": "work", "value": email, "primary": True}]}
        shown = _whole(zoom, attempt, zoom.scim.update_user(attempt.account_id, body))["userName"]
    return _confirmed(attempt, {"email": shown}, ("email",))


def _shown_by_rest(zoom: Zoom, attempt: Attempt, name: str) -> str:
    """A read may trail the write for a moment: look up again before calling it undone."""
    for wait in (*RE_READS, None):
        shown = str(seen(lambda: zoom.rest.user(attempt.account_id)).get(name) or "")
        if wait is None or name_key(shown) == name_key(str(attempt.change.after[name])):
            break
        time.sleep(wait)
    return shown


def deactivate(zoom: Zoom, attempt: Attempt) -> Answered:
    return _confirmed(attempt, {"status": _status(zoom, attempt, False)[0]}, ("status",))


def reactivate(zoom: Zoom, attempt: Attempt) -> Answered:
    status, kind = _status(zoom, attempt, True)
    return _confirmed(attempt, {"status": status, **({"type": kind} if kind else {})}, ("status",))


def _status(zoom: Zoom, attempt: Attempt, active: bool) -> tuple[str, int | None]:
    shown = account_from_scim(_whole(zoom, attempt, zoom.scim.set_active(attempt.account_id, active)))
    return shown.status, shown.type


def revoke(zoom: Zoom, attempt: Attempt) -> Answered:
    zoom.rest.revoke_token(attempt.account_id)
    return {}


def hand_over(zoom: Zoom, attempt: Attempt) -> Answered:
    _put(zoom, attempt, attempt.change.values)
    return {}


def remove_account(zoom: Zoom, attempt: Attempt) -> Answered:
    """An invitation has no id: its address stands for it."""
    change = attempt.change
    zoom.rest.delete_user(attempt.account_id or change.email, change.action, change.needs(Offboarding).query())
    return {}
