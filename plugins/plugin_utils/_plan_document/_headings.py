# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run's changes are called, and in which order they are shown: removals first, as they must be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._report._phases import GOOGLE_PHASES
from ...module_utils._report._titles import ORDER, title_of

PHASE_TITLES = {
    "google_groups": "Google groups",
    "people": "People",
    "accounts": "Accounts",
    "licenses": "Licences",
    "zoom_groups": "Zoom groups",
    "undo": "Undo",
    "undo_google": "Undo in Google",
}
_OWN_TITLES = ("google_groups", "accounts", "licenses", "zoom_groups")
# Of a change that takes something away, though not all of its kind do.
_REMOVING = {"Set licences": "Replace paid licences", "Undo: set licences": "Undo: replace paid licences"}


def phase_title(phase: str) -> str:
    return PHASE_TITLES.get(phase, phase.replace("_", " ").capitalize())


def kind_title(kind: str) -> str:
    """`kind` is phase.action, such as accounts.create."""
    phase, _dot, action = kind.partition(".")
    title = title_of(action, google=phase in GOOGLE_PHASES)
    if title and phase in _OWN_TITLES:
        return title
    return f"{phase_title(phase)}: {f'{title[:1].lower()}{title[1:]}' if title else action.replace('_', ' ')}"


def removal_title(kind: str) -> str:
    title = kind_title(kind)
    return _REMOVING.get(title, title)


def row_title(row: Mapping[str, Any]) -> str:
    return removal_title(row["kind"]) if row["loss"] else kind_title(row["kind"])


def kind_order(kind: str, *, removes: bool) -> tuple[bool, int, str]:
    """What has no place of its own stands behind its likes."""
    phase, _dot, action = kind.partition(".")
    title = title_of(action, google=phase in GOOGLE_PHASES)
    return not removes, ORDER.index(title) if title in ORDER else len(ORDER), kind
