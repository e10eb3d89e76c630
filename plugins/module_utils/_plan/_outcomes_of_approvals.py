# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about what an approved plan does not list, or lists for nothing, and about what a run leaves for another one. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    "not_in_plan": Outcome(
        WITHHELD,
        "{count} ({names}) not made, because not in the approved plan, there with another effect, or in need of one that is not: "
        "plan again, and have the new plan approved.",
    ),
    "blocked_in_plan": Outcome(
        WITHHELD,
        "{count} ({names}) not made, because not in the approved plan, where {option} blocked this: raise it, or plan with {lifted}: true, "
        "and have the new plan approved.",
    ),
    "not_as_approved": Outcome(
        WITHHELD,
        "{email} was not created, as no licence {wanted} is free and the approved plan does not list the account with another one: buy "
        "seats, or plan again and have the new plan approved.",
    ),
    "not_needed": Outcome(
        ATTENTION,
        "{count} of the approved plan ({kinds}: {names}) not made, because no longer needed or possible as approved; if that "
        "surprises you, plan again.",
    ),
    "left_waiting": Outcome(
        ATTENTION,
        "{count} ({names}) left for a later run, because changes of people whom provisioning_only does not name come first; name "
        "these people too, or run without provisioning_only.",
    ),
    "left_removals": Outcome(
        ATTENTION,
        "{count} ({kinds}: {names}) left for a later run{more}, because provisioning_leave_removals is true; run again without it to make "
        "them.",
    ),
}
