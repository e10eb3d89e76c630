# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes of modules that change something."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Can run in check mode and reports exactly what it would write, without writing.
    support: full
  diff_mode:
    description: Returns details on what has changed, or would change.
    support: full
notes:
  - If 20 changes in a row fail with the same error, or more than a fifth of at least 50 changes, the rest is not tried. One sentence
    reports it, and the next run makes what is left.
"""
