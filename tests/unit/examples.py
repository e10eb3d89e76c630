# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many random examples a property is tried with."""

from __future__ import annotations

from hypothesis import settings


def percent(share: int) -> settings:
    """Of the examples that the profile in use gives to a property (tests/conftest.py)."""
    return settings(max_examples=max(settings().max_examples * share // 100, 1))
