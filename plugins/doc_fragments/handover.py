# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that hand a file to the next phase of a run, or take one."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  run_host:
    description:
      - The inventory host that this task is for. It is written into the files that one phase passes to the next. A file of another host
        or of another run is refused. Of an approved plan, what it has for this host counts.
      - The roles and playbooks set it, because several hosts may share one O(run_id).
    type: str
"""
