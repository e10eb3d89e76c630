# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that take people."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  people_path:
    description: The people snapshot that M(workspace_zoom.provisioning.google_scope_info) wrote.
    type: path
  people:
    description:
      - People as a list, for small cases. Accounts of people who are not in it are left alone.
      - Each entry is a Google user (C(primaryEmail), C(name), C(suspended), C(orgUnitPath) and so on).
      - It may also have C(in_scope) (default true), C(excluded) and C(groups).
    type: list
    elements: dict
"""
