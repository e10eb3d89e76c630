# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that can leave a part of what they plan for another run."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  leave_removals:
    description:
      - Whether this run leaves all removals for another one, whoever they are of. Deactivations, other offboarding actions, renames, and
        the loss of a licence or a membership are removals.
      - What needs one of them is left with it, such as an account whose address does not come free, or a licence whose seat does not.
        Limits count only what is made. What is left is in RV(ignore:left), and fails nothing.
    type: bool
    default: false
"""
