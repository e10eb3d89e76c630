# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that read or write a snapshot."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  run_id:
    description: Identifier of this run. Snapshots of another run are refused once they are older than O(snapshot_max_age).
    type: str
  snapshot_max_age:
    description: Maximum age in seconds of a snapshot of another run.
    type: int
    default: 3600
"""
