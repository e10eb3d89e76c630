# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of modules, and the document that is made of them, held to its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "plan-document.schema.json").read_text())


def row(email: str, action: str = "update", **more: Any) -> dict[str, Any]:
    before, after = more.pop("before", {"department": "Sales"}), more.pop("after", {"department": "Design"})
    return {"email": email, "action": action, "reason": "changed: department", "changed": True, "before": before, "after": after, **more}


def finding(email: str, message: str, reason: str = "limit_deactivation") -> dict[str, str]:
    return {"email": email, "reason": reason, "message": message}


def result(*changes: dict[str, Any], digest: str = "a" * 64, **lists: Any) -> dict[str, Any]:
    return {"changes": list(changes), "failed_items": [], "withheld": [], "attention": [], "digest": digest, **lists}


def tenant(name: str = "t1", **results: dict[str, Any]) -> Tenant:
    made = Tenant(name)
    for module, told in results.items():
        take(made, module, told)
    return made


def document(*tenants: Tenant, check_mode: bool = True) -> dict[str, Any]:
    made = build(tenants, check_mode=check_mode, time="2026-11-26T07:00:00+00:00")
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    return made
