# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which module a task runs, without a look at what Ansible does not know yet: it warns of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._task_action import full_name


@dataclass
class Task:
    action: str
    resolved: str | None
    loop: Any = None

    @property
    def resolved_action(self) -> str | None:
        assert self.resolved or "{{" not in self.action, "Ansible warns of this look"
        return self.resolved


def test_a_short_name_is_the_full_one_that_ansible_found() -> None:
    assert full_name(Task("zoom_group", "workspace_zoom.provisioning.zoom_group"), ended=False) == "workspace_zoom.provisioning.zoom_group"
    assert full_name(Task("no_such_module", None)) == "no_such_module"


@pytest.mark.parametrize(("ended", "loop"), [(False, None), (False, ["a"]), (True, ["a"])])
def test_a_name_that_is_a_template_is_not_looked_at_before_it_is_known(ended: bool, loop: Any) -> None:
    assert full_name(Task("{{ awx_collection }}.label", None, loop), ended=ended) == "{{ awx_collection }}.label"


def test_a_name_that_was_a_template_is_known_behind_its_task() -> None:
    assert full_name(Task("{{ mine }}", "workspace_zoom.provisioning.zoom_group")) == "workspace_zoom.provisioning.zoom_group"
