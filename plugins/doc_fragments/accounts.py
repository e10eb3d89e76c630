# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that change many accounts."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  accounts_path:
    description:
      - The accounts snapshot that M(workspace_zoom.provisioning.zoom_user_info) wrote. The module updates it with its own changes.
      - Without it, the accounts are read from Zoom.
    type: path
  memory_path:
    description:
      - The memory, which a real run writes for the next one. It holds the accounts as they were left, and whose each is.
      - It shows who was renamed, who only got the address of somebody else, and what was changed in Zoom by hand.
      - A file that is lost or unreadable is reported, and means a run without memory. Check mode reads it and never writes it.
    type: path
  journal_dir:
    description: Directory of the journal. An intent is written before each write, and an outcome after it.
    type: path
  changes_path:
    description:
      - File for the complete lists of changes, failed and blocked items and what needs attention, as JSON Lines.
      - The callback P(workspace_zoom.provisioning.provisioning_plan#callback) reads it.
    type: path
  changes_limit:
    description: >-
      The most entries that each of RV(changes), RV(failed_items), RV(withheld) and RV(attention) has. Together they have no more than
      240 kB, whatever the limit. RV(changes_total), RV(summary) and RV(digest) always cover everything.
    type: int
    default: 1000
  diff_limit:
    description: >-
      The most entries that the diff has beside those of removals, which come first and are not counted here. A summary stands for the rest.
    type: int
    default: 200
  diff_removals_limit:
    description:
      - The most entries of removals that the diff has. While it is unset, it has all of them, up to 3 MB.
      - The roles set it to 300 in AWX, which drops a result that is too large, and gets each removal as an event of its own.
    type: int
  diff_form:
    description:
      - How a new account is shown in the diff. V(short) has one line for each, V(full) has each field of it.
      - All other changes are shown with each field, and above them what is done and why.
    type: str
    choices: [short, full]
    default: short
"""
