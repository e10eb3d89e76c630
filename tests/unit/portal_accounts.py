# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account before and after the last run."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account

LAST, NOW, LATER = (datetime(2026, 6, day, tzinfo=timezone.utc) for day in (1, 3, 5))
AFTER, BEFORE = "2026-06-02T00:00:00Z", "2026-05-01T00:00:00Z"


def account(**more: Any) -> Account:
    return Account("z0", "a@example.com", **{"status": "active", "type": 1, "created": BEFORE, **more})
