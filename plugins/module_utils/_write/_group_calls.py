# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One write to a Zoom group, by REST or SCIM, and how it is proven."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .._model._account import Account
from .._model._text import fold, name_key
from .._plan._change import Change
from .._plan._standing import abouts, is_known
from .._read._zoom_groups import find_groups, is_member, read_groups
from .._report._lasting import lasting_code
from .._report._refusals import explain
from .._transport._breaker import code_of
from .._transport._errors import ApiError, Conflict, DailyLimit, Forbidden, RateLimited, Unauthorized
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._transport._zoom_group_api import by_rest
from ._attempt import Answered, Attempt, LeftOut
from ._proof import once_or_proven, seen

_LINES = 8  # a few, should Zoom ever lock a group while it is changed: who waits for the lock must get it within a call's tries
_FEW = 2  # members that are cheaper to ask for one by one than as a list
_NO_GROUP = ("4130", "1010")  # against 4131, no such member


def lines_of_members(zoom: Zoom, deed: str) -> int:
    """REST's calls name whom they are about. SCIM patches the group as a whole, and one patch may undo what another has just done."""
    return _LINES if by_rest(zoom, deed) else 1


def create_group(zoom: Zoom, attempt: Attempt) -> Answered:
    create = zoom.rest.create_group if by_rest(zoom, "create_group") else zoom.scim.create_group
    try:
        return {"group_id": str(create(attempt.change.group)["id"])}
    except Conflict:
        # made meanwhile, or not shown by the list yet: there it is
        found = _made(zoom, attempt.change)
        if found is None:
            raise
        return found


def _made(zoom: Zoom, change: Change) -> Answered | None:
    return next(({"group_id": key} for key in find_groups(zoom, [change.group])), None)


def rename_group(zoom: Zoom, attempt: Attempt) -> Answered:
    rename = zoom.rest.rename_group if by_rest(zoom, "rename_group") else zoom.scim.rename_group
    rename(attempt.change.group_id, attempt.change.group)
    return {}


def delete_group(zoom: Zoom, attempt: Attempt) -> Answered:
    delete = zoom.rest.delete_group if by_rest(zoom, "delete_group") else zoom.scim.delete_group
    delete(attempt.change.group_id)
    return {}


def add_members(zoom: Zoom, attempt: Attempt) -> Answered:
    """Who did not join is left out, with the refusal where Zoom said why."""
    change = attempt.change
    try:
        attempt.left_out = [LeftOut(member) for member in _join(zoom, change, change.members)]
        return {}
    except (Unauthorized, Forbidden, RateLimited):
        raise
    except ApiError as error:
        # one account that Zoom does not take must not keep the others out
        if len(change.members) == 1 or _is_gone(error):
            raise
        if not any(is_known(change, about, lasting_code(change, error)) for about in abouts(change)):
            attempt.breaker.failed(code_of(error), explain(change, error))
    attempt.counted = True
    for member in change.members:
        _add_one(zoom, attempt, member)
    return {}


def _add_one(zoom: Zoom, attempt: Attempt, member: Account) -> None:
    one = replace(attempt.change, email=member.email, members=[member])
    if attempt.breaker.is_open or attempt.spent:
        attempt.not_tried.append(member)
        return
    try:
        missed = once_or_proven(lambda: _join(zoom, one, [member]), lambda: [] if _inside(zoom, one, [member]) else None)
        attempt.left_out += [LeftOut(member) for member in missed]
        attempt.breaker.took()
    except DailyLimit as limit:
        attempt.spent = limit
        attempt.not_tried.append(member)
    except ApiError as error:
        attempt.left_out.append(LeftOut(member, error))
        if not is_known(one, fold(member.email), lasting_code(one, error)):
            attempt.breaker.failed(code_of(error), explain(one, error))


def _is_gone(error: ApiError) -> bool:
    """Whether it is the group that is not there."""
    return error.code in _NO_GROUP or error.message.startswith("Group does not exist")


def _join(zoom: Zoom, change: Change, members: list[Account]) -> list[Account]:
    """Those who are not in afterwards. REST names whom it added: the others were in already, or were dropped without a word.

    SCIM answers without a body; the next run's read shows who is in.
    """
    group_id, ids = change.group_id, [member.id for member in members]
    if not by_rest(zoom, "add"):
        zoom.scim.add_members(group_id, ids)
        return []
    added = set(zoom.rest.add_members(group_id, ids))
    unseen = [member for member in members if member.id not in added]
    inside = seen(lambda: _inside(zoom, change, unseen)) if unseen else set()
    return [member for member in unseen if member.id not in inside]


def _inside(zoom: Zoom, change: Change, members: Iterable[Account]) -> set[str]:
    """Ids of those of `members` who are in the group, by the cheaper read."""
    group_id, asked = change.group_id, [member.id for member in members]
    if len(asked) > _FEW and by_rest(zoom, "list_members"):
        aside = Aside()
        rows = zoom.rest.group_members(group_id, aside)
        if all(row.id for row in aside.rows) and not aside.doubts:
            return ({str(row["id"]) for row in rows} | {row.id for row in aside.rows}) & set(asked)
    found = zoom.each(lambda user_id: is_member(zoom, user_id, group_id, change.group), asked)
    return {user_id for user_id, inside in zip(asked, found, strict=True) if inside}


def remove_member(zoom: Zoom, attempt: Attempt) -> Answered:
    remove = zoom.rest.remove_member if by_rest(zoom, "remove") else zoom.scim.remove_member
    remove(attempt.change.group_id, attempt.change.members[0].id)
    return {}


def read_group_back(zoom: Zoom, attempt: Attempt) -> Answered | None:
    """After an unknown outcome: what Zoom shows if the change was made, None if it was not."""
    change = attempt.change
    if change.action == "create_group":
        return _made(zoom, change)
    if change.action in ("rename_group", "delete_group"):
        name = read_groups(zoom).get(change.group_id)
        done = name is None if change.action == "delete_group" else name is not None and name_key(name) == name_key(change.group)
        return {} if done else None
    inside = _inside(zoom, change, change.members)
    done = len(inside) == len(change.members) if change.action == "add" else not inside
    return {} if done else None
