# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about rows, accounts and a memory that could not be read. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    "set_aside": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}; {named}), so that account was skipped; look at it in Zoom (User Management), and "
        "report it to Zoom's support if it looks right there.",
    ),
    "listed_room": Outcome(
        ATTENTION,
        "{email} is a Zoom Room, which Zoom lists without its address, and is left alone; there is nothing to do.",
    ),
    "listed_maybe_room": Outcome(
        ATTENTION,
        "{email} is listed by Zoom without its address, as a Zoom Room may be, and was skipped; if it is a Zoom Room, there is nothing to "
        "do, else look at it in Zoom (User Management, Users).",
    ),
    "set_aside_person": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}; {named}), so that person and their Zoom account were skipped; look at the user in "
        "Google's Admin console, and report it to Google's support if it looks right there.",
    ),
    "set_aside_member": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}; {named}), so that member was skipped; look at the members of the group, and report "
        "it to that service's support if they look right.",
    ),
    "set_aside_group": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}; {named}), so that group was skipped; look at it in Zoom (User Management, Groups), "
        "and report it to Zoom's support if it looks right there.",
    ),
    "forgotten": Outcome(
        ATTENTION,
        "The memory of the last run could not be used: {why}; the next run for real writes a new one, so look into it only if this is "
        "reported again.",
    ),
    "unread_single": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as it can't be read: {error}; look at it in Zoom (User Management), and report it to Zoom's "
        "support if it looks right there.",
    ),
    "gone_meanwhile": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as Zoom no longer finds it; somebody deleted it during this run or shortly before: the next "
        "run reads all accounts again.",
    ),
    "unread_member": Outcome(
        ATTENTION,
        "Google lists a member of {chain} in an unknown form, so that member is missing here; look at the members of that group in "
        "Google's Admin console.",
    ),
    "unread_group": Outcome(
        ATTENTION,
        "The Zoom group {group} was skipped, because a row of Zoom's groups that could not be read may be this group; see the message "
        "about that row.",
    ),
    "unread_members": Outcome(
        ATTENTION,
        "The Zoom group {group} should be deleted, but stays, because an account that could not be read may be a member; see the message "
        "about that account.",
    ),
    "doubtful": Outcome(
        ATTENTION,
        "{cause}, so this run removes nothing and does everything else; run again later, and report it to that service's support if this "
        "message stays.",
    ),
    "no_removals": Outcome(WITHHELD, "{email}: {what} was blocked, as {cause}; this run removes nothing, so run again later."),
    "none_of_the_removals": Outcome(
        WITHHELD, "{count} {words}, and all of it was blocked, as {cause}; this run removes nothing, so run again later."
    ),
}
