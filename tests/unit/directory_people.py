# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One person of the directory."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person


def ada(**fields: Any) -> Person:
    return Person(
        "1", "ada@example.com", ["a@example.com"], org_unit="/Staff/Research", in_scope=True, groups=["g@example.com"], fields=fields
    )
