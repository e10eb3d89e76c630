# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about members of groups, of Google's and of Zoom's. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    "max_removals": Outcome(
        WITHHELD,
        "{group}: {count} {count:member|members} would be removed ({names}); the limit is {limit}, so none was: check the list, then "
        "raise {option}.",
    ),
    "above_max_removals": Outcome(
        ATTENTION,
        "{group}: {count} {count:member|members} would be removed ({names}), more than the limit of {limit}, which is lifted for this "
        "run: check each of them.",
    ),
    "addition_refused": Outcome(
        WITHHELD,
        "{group}: {count} {count:member was|members were} to be removed, but {names} could not be added, so none was; see the message "
        "about each refused address: it may be a typing error for somebody who would have been removed.",
    ),
    "no_account": Outcome(FAILED, "{email} has no active Zoom account, so it can't join a group; create the account first."),
    "not_joined": Outcome(
        FAILED,
        "{email} did not join the Zoom group {group}: Zoom accepted the request, but left the account out, as it does with pending and "
        "inactive ones; look at the account in Zoom, then run again.",
    ),
    "unconfirmed_member": Outcome(
        WITHHELD,
        "{email} was listed as no longer belonging to the Zoom group {group}, but a second lookup did not confirm it, so it stays a "
        "member; run again, and check this person in Google if the message stays.",
    ),
    "former_group": Outcome(
        ATTENTION,
        "The Zoom groups {group} and {former}, its former name, both exist, so {former} was left unchanged; move what is still needed, "
        "then take it out of previous_names and map it with state: absent.",
        ends="group_mapping_groups",
    ),
    "one_group_shown": Outcome(
        ATTENTION,
        "{email} may or may not be in the Zoom group {group}, because SCIM shows only one group of an account, so nothing was written; "
        "use an OAuth app (account_id, client_id, client_secret), which sees all groups.",
        ends="an OAuth app in zoom_connection (account_id, client_id, client_secret)",
    ),
}
