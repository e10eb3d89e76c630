# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""How each action is done in Zoom: the other half of `_plan/_actions.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._account_calls import (
    create,
    deactivate,
    hand_over,
    invisible,
    reactivate,
    read_account_back,
    read_created,
    read_gone,
    remove_account,
    rename,
    revoke,
    update,
)
from ._actions import Scim, Write
from ._attempt import Answered, Attempt
from ._group_calls import add_members, create_group, delete_group, lines_of_members, read_group_back, remove_member, rename_group
from ._license_calls import change_license
from ._snapshot_update import add_account, take_account_out, update_account, update_group, update_woken


def _account(perform: Callable[[Any, Attempt], Answered], scim: Scim = Scim.NEVER, **more: Any) -> Write:
    return Write(perform, **{"proof": read_account_back, "effect": update_account, "scim": scim, **more})


def _group(perform: Callable[[Any, Attempt], Answered], **more: Any) -> Write:
    return Write(perform, read_group_back, update_group, **more)


ZOOM_WRITES: dict[str, Write] = {
    "revoke": _account(revoke, proof=invisible),
    "hand_over": _account(hand_over, Scim.ALWAYS, proof=invisible),
    "deactivate": _account(deactivate, Scim.ALWAYS),
    "disassociate": _account(remove_account, effect=take_account_out, gone_is_done=True, proof=read_gone),
    "delete": _account(remove_account, effect=take_account_out, gone_is_done=True, proof=read_gone),
    "reactivate": _account(reactivate, Scim.ALWAYS, effect=update_woken),
    "rename": _account(rename, Scim.WITHOUT_REST),
    "update": _account(update, Scim.ALWAYS),
    "downgrade": _account(change_license, Scim.WITHOUT_REST),
    "create": _account(create, Scim.ALWAYS, proof=read_created, effect=add_account),
    "license": _account(change_license, Scim.WITHOUT_REST),
    "delete_group": _group(delete_group, gone_is_done=True),
    "rename_group": _group(rename_group),
    "create_group": _group(create_group),
    "add": _group(add_members, lines=lambda zoom: lines_of_members(zoom, "add")),
    "remove": _group(remove_member, gone_is_done=True, lines=lambda zoom: lines_of_members(zoom, "remove")),
}
