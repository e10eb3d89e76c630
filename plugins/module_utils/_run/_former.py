# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The accounts as the last real run left them, in `<accounts_path>.last`, to see what others changed since. It may be missing."""

from __future__ import annotations

import json
from pathlib import Path

from .._model._account import account_from_record
from .._plan._license_policy import moment
from .._plan._portal_default import Former


def read_former(accounts_path: str | None, tenant: str) -> Former | None:
    """None where there is no such file, or none of this tenant that can be read."""
    path = Path(f"{accounts_path}.last")
    if not accounts_path or not path.is_file():
        return None
    try:
        header, *records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        time = moment(str(header["time"]))
        accounts = [account_from_record(record) for record in records]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if time is None or header.get("tenant") != tenant or header.get("hypothetical"):
        return None
    return Former(time, {account.id: account for account in accounts if account.id})
