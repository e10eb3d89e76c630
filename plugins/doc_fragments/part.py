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
  only:
    description:
      - Addresses of the only people that this run is about, as a list, or as text with lines, commas or blanks between them. What would be
        done to others is left for another run, so limits do not count it, and their memory stays as it is.
      - Everybody is read and planned all the same, so that licences and addresses that are due to others stay theirs. A change that needs
        one of somebody else's is left too.
      - Each name may be any address of a person or an account, such as an alias, or the address that a Zoom account had after the last run
        (O(ignore:memory_path)). A name that nobody has, or an empty value, ends the module before any change.
      - Groups themselves, with their settings and nested groups, are everybody's. A Zoom group is created if one of these people is to
        join it.
    type: raw
"""
