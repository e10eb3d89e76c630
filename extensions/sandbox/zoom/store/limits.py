# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account refuses whichever API asks; each API has its own words for it."""

from __future__ import annotations


class SeatsExhausted(Exception):
    """No seat of `pool` is free."""

    def __init__(self, pool: str, seats: int) -> None:
        super().__init__(f"no free seat of {pool} ({seats} in all)")
        self.pool = pool
        self.seats = seats


class NameRefused(Exception):
    """A name that Zoom does not take; the text is Zoom's."""


class AssignmentLimit(Exception):
    """The cool-down on giving paid licences to existing users."""

    text = "You have exceeded the limit of license assignments for your account."
