# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that keep a journal of what they write."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  journal_dir:
    description: Directory of the journal. An intent is written before each write, and an outcome after it.
    type: path
  run_id:
    description: Identifier of this run. The journal is named after it, and files that one phase passes to the next carry it.
    type: str
"""
