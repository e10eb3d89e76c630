# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that was killed, as by a machine that is short of memory: a sentence in place of what Ansible says about JSON."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._in_place import killed
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host._protocol import Done


@pytest.mark.parametrize("stdout", ["", '{"changed": tr'], ids=["nothing", "half of an answer"])
def test_a_module_that_was_killed_before_it_answered_is_said_to_be(stdout: str) -> None:
    assert killed("zoom_scim_users", Done(stdout, "", -9)).startswith("zoom_scim_users was killed by signal 9 before it could answer")


@pytest.mark.parametrize(
    "done", [Done('{"failed": true}\n', "", -9), Done("", "Traceback", 1), Done("{}", "", 0)], ids=["whole", "failed", "ended"]
)
def test_the_answer_of_any_other_is_left_to_ansible(done: Done) -> None:
    """Such as one whose host was killed, so that nobody told its end."""
    assert killed("zoom_scim_users", done) == ""
