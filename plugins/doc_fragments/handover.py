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
      - The inventory host that this task is for. It is written into the files that one phase hands to the next. A file of another host
        is refused, as one of another run is.
      - The roles and playbooks set it, as runs of several hosts may have one O(run_id).
    type: str
"""
