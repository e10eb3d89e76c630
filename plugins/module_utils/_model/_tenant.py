# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A Zoom account as a whole, as it was read. Pure."""

from __future__ import annotations

from ._account import Account
from ._snapshot import Snapshot

Accounts = Snapshot[Account]
