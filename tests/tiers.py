# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `make test` runs at each commit, and what only `make torture` runs, which sets TORTURE=1.

A test with the mark `torture` is run by `make torture` alone. One with the mark `stretched` is run by both, and tries more in
`make torture`.
"""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")
TORTURE = os.environ.get("TORTURE", "0") not in ("", "0")


def more(always: T, torture: T) -> T:
    """How much of something is tried."""
    return torture if TORTURE else always
