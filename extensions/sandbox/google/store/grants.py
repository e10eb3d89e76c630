# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Admin console grants to the service account."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Grants:
    """`admin`: who is asked for as a subject. `scopes` are delegated; `role`: whether the service account holds an admin role itself."""

    admin: str = "admin@example.com"
    scopes: set[str] = field(default_factory=set)
    role: bool = False
