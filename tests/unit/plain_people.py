# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People and accounts without anything particular."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person


def person(name: str, **more: Any) -> Person:
    return Person(f"id-{name}", f"{name}@example.com", **{"in_scope": True, **more})


def account(name: str, **more: Any) -> Account:
    return Account(f"z-{name}", f"{name}@example.com", **{"status": "active", "type": 1, "role_id": "2", **more})
