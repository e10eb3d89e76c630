# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the diff shows of one Zoom group. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._spelled import spelled
from .._plan._change import Change
from .._plan._change_data import FormerName


def group_entry(changes: list[Change]) -> dict[str, str]:
    """All changes of one group; a rename shows the former name before."""
    name = changes[0].group
    former = next((change.needs(FormerName).name for change in changes if change.action == "rename_group"), name)
    actions = {change.action for change in changes}
    before, after = _emails(changes, ("remove", "delete_group")), _emails(changes, ("add",))
    was, will = _lines(before), _lines(after)
    if "create_group" in actions:
        will = "exists: true\n" + will
    if "delete_group" in actions:
        was = "exists: true\n" + was
    if "rename_group" in actions:
        was, will = f"name: {spelled(former)}\n" + was, f"name: {spelled(name)}\n" + will
    return {"before_header": f"Zoom group {spelled(former)}", "after_header": f"Zoom group {spelled(name)}", "before": was, "after": will}


def _emails(changes: Iterable[Change], actions: tuple[str, ...]) -> list[str]:
    return [member.email for change in changes if change.action in actions for member in change.members]


def _lines(emails: list[str]) -> str:
    return "".join(f"member: {spelled(email)}\n" for email in sorted(emails))
