# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""google_user_watch on the controller: runs the module of the same name in place."""

from __future__ import annotations

from ..plugin_utils._in_place import InPlace


class ActionModule(InPlace):
    """Nothing of its own."""
