# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's options, as older Ansible gives them."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._policy import mapper_of


def test_an_empty_text_is_no_mapping_of_its_own_as_older_ansible_gives_it_for_none() -> None:
    assert mapper_of({"attributes": ""}).expressions.keys() == mapper_of({}).expressions.keys()
