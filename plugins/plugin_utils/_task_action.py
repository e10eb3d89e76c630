# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which module a task runs, as callbacks ask."""

from __future__ import annotations

from typing import Any


def full_name(task: Any, *, ended: bool = True) -> str:
    """The full name, also where a playbook lists the collection and names the module alone.

    Ansible warns of each look at a name that is a template, as those of the role awx are, while it has not resolved it, and behind a loop.
    """
    given = str(task.action)
    if "{{" in given and (task.loop or not ended):
        return given
    return str(task.resolved_action or given)
