# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that hold back for a while what Zoom has refused."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  retry_refused_after:
    description:
      - How long a change that Zoom refused for a lasting reason is not tried again, in seconds, or with C(s), C(m), C(h), C(d) or C(w)
        behind the number. It needs a memory (O(memory_path)).
      - The first refusal fails the module. While the memory knows it, it is reported under RV(attention) with C(since), and later changes
        of the same account wait. A change that asks for something else is tried at once.
      - A removal that Zoom refuses is tried in each run, and fails each run.
    type: str
    default: 24h
"""
