# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that can be held to an approved plan."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  approved_path:
    description:
      - Path of an approved plan, which is the C(plan.json) of a run in check mode. The module makes only what that plan lists for
        O(run_host), with the same effect on the same account. Everything else is blocked.
      - A plan of another host, Zoom account or version, one that was changed after it was written, or one of a real run is refused.
      - Limits on removals do not apply to what the plan lists, nor do limits on gains unless O(approved_gains=any).
    type: path
  approved_gains:
    description: V(any) also makes updates, creations and other gains that the approved plan does not list, within their limits.
    type: str
    choices: [listed, any]
    default: listed
  approved_seal:
    description: The C(seal) of the approved plan. If the document at O(approved_path) has another one, it is refused.
    type: str
"""
