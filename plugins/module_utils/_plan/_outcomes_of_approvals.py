# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about what an approved plan does not list, or lists for nothing, and about what a run leaves for another one. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    "not_in_plan": Outcome(
        WITHHELD,
        "{count} changes ({names}) are not in the approved plan, are there with another effect, or need one that is not, so they were not "
        "made: plan again, and have the new plan approved.",
    ),
    "not_as_approved": Outcome(
        WITHHELD,
        "{email} was not created, as no licence {wanted} is free and the approved plan does not list the account with another one: buy "
        "seats, or plan again and have the new plan approved.",
    ),
    "not_needed": Outcome(
        ATTENTION,
        "{count} changes of the approved plan ({kinds}: {names}) are no longer needed or possible as they were approved, so they were not "
        "made; if that surprises you, plan again.",
    ),
    "left_waiting": Outcome(
        ATTENTION,
        "{count} changes ({names}) need changes of people whom provisioning_only does not name, so they were left for a later run; name "
        "these people too, or run without provisioning_only.",
    ),
    "left_removals": Outcome(
        ATTENTION,
        "{count} removals ({kinds}: {names}) were left for a later run{more}, as provisioning_leave_removals is true; run again without it "
        "to make them.",
    ),
}
