# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Google side of the sandbox: one Workspace customer behind OAuth, the Directory API and Groups Settings."""

from __future__ import annotations

from .routes import routes
from .state import Workspace
from .switches import SWITCHES

__all__ = ["SWITCHES", "Workspace", "routes"]
