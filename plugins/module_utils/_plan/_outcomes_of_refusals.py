# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about what was refused as a whole, so that the rest was not tried. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, Outcome

TEXTS: dict[str, Outcome] = {
    "refused_before": Outcome(
        ATTENTION,
        "{email}: {said}; Zoom has refused this since {since}, so it is tried again after {again}, or at once with "
        "provisioning_retry_refused_after: 0 (retry_refused_after of the module).",
    ),
    "left_alone": Outcome(
        ATTENTION,
        "{count} {count:person|people} ({names}) {count:was|were} skipped here, so {what}, because {cause}; see the message about that, "
        "and settle it: the next run makes up for this.",
    ),
    "behind_failure": Outcome(
        ATTENTION,
        "{count} further {count:change|changes} ({what}: {names}) {count:was|were} not tried, because the {action} before {count:it|each "
        "of them} failed; see the message about that, settle it, then run the same again.",
    ),
    "waits_with": Outcome(
        ATTENTION,
        "{count} further {count:change|changes} ({names}) {count:waits|wait}, because Zoom has refused the {action} that comes before "
        "{count:it|each of them}; see the message about that, and settle it.",
    ),
    # removals
    "not_endable": Outcome(
        FAILED,
        "{email} keeps access: the account has a role other than Member, so Zoom refused the offboarding action [{error}]; take the role "
        "away in Zoom (User Management, Roles), as each run tries it again and fails until then.",
    ),
    "role_or_room": Outcome(
        FAILED,
        "{email} keeps access: the account has a role other than Member or is a Zoom Room, so Zoom refused the offboarding action "
        "[{error}]; take the role away in Zoom (User Management, Roles), or add a Zoom Room to attribute_mapping_protected.",
    ),
    "removal_refused_before": Outcome(
        ATTENTION,
        "{email}: {said}; Zoom has refused this removal since {since}, so do that first: the next run tries it again, and fails if it "
        "is refused again.",
    ),
    "role_refused_before": Outcome(
        ATTENTION,
        "{email} would be deactivated, but Zoom has refused that since {since}, as {because}; take the role away in Zoom (User Management, "
        "Roles) before the run, which tries it again and fails if Zoom refuses it.",
    ),
    "role_stands_against": Outcome(
        ATTENTION,
        "{email} would be deactivated, but holds a role other than Member, and Zoom is known to refuse that; take the role away in Zoom "
        "(User Management, Roles) before the run, which fails if Zoom refuses it.",
    ),
    "known_since": Outcome(ATTENTION, "{email}: {said}; it has been reported since {since}."),
    "reads_stopped": Outcome(
        FAILED,
        "{count} {count:account|accounts} in Zoom could not be read one by one, {how}, so {left} more {left:was|were} not read either, "
        "all of these were skipped ({names}) and this run removes nothing; the first failure: {error}; settle it and run again.",
    ),
    "stopped": Outcome(
        FAILED,
        "{count} {count:change|changes} in {side} failed {how}, so {left} more of this phase {left:was|were} not tried ({names}) and this "
        "run removes nothing more; the first failure: {error}; settle it and run again, as the next run makes what is left.",
    ),
    "spent": Outcome(
        FAILED,
        "{count} {count:change|changes} of the step {step} {count:was|were} not made ({names}), as a daily limit of {side} is used up, "
        "while all other steps went on; the first refusal: {error}; run again {when}, as the next run makes what is left.",
    ),
    "stopped_step": Outcome(
        FAILED,
        "{count} {count:change|changes} in {side} failed {how}, so {left} more of the step {step} {left:was|were} not tried ({names}), "
        "while all other steps went on; the first failure: {error}; settle it, or do this step in Zoom by hand.",
    ),
}
