# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about who is in scope, and about addresses that variables name. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, Outcome

TEXTS: dict[str, Outcome] = {
    "open_group": Outcome(
        ATTENTION,
        "{email} decides who gets an account or a licence ({where}), and {who} can join it without approval; set whoCanJoin to "
        "INVITED_CAN_JOIN (in Google Groups under Group settings, or for scope_group by scope_group_settings), unless you want that.",
        ends="who can join, in Google Groups (Group settings), or scope_group_settings",
    ),
    "external": Outcome(
        ATTENTION,
        "{email} is a member of {group}, but no user of this Google customer, and external people get no account; take them out of the "
        "group, or give them a Google account.",
        ends="the members of the group in Google's Admin console (Directory, Groups)",
    ),
    "external_to_add": Outcome(
        ATTENTION,
        "{email} would be added to {group}, but is no user of this Google customer, and external people get no account; take them off the"
        " list, or give them a Google account.",
        ends="scope_group_members",
    ),
    "addition_waits": Outcome(
        ATTENTION,
        "{count} {count:person is|people are} in scope, or in the group of a rule, only by additions that Google did not make "
        "({refused}), so they are skipped in this run, and nothing is given to them or taken from them ({names}); see why the addition "
        "failed, then run again.",
        ends="the next run in which Google takes the addition",
    ),
    "listed_deleted": Outcome(
        ATTENTION,
        "{email} is listed in {where}, but was deleted in Google; take it out soon: Google forgets a deleted user after 20 days, and then"
        " the unknown address ends the run.",
        ends="the variable that lists the person",
    ),
    "unreadable_group": Outcome(
        ATTENTION,
        "{email}, a group nested in {group}, can't be read, and scope_ignore_unreadable lets the run go on without it: who is in scope "
        "only through it gets no account, and who may be in it keeps theirs; ask its owners to let you see its members.",
        ends="the members that others may see, in Google Groups (Group settings), or scope_ignore_unreadable",
    ),
    "selector_nobody": Outcome(
        ATTENTION,
        "{email} is listed in {where}, but no user of this Google directory has this address; correct the address, or take it out.",
        ends="the variable that lists the person",
    ),
    "excluded_kept": Outcome(
        ATTENTION,
        "{count} of excluded people will not be changed ({names}); set attribute_mapping_deprovision: {{excluded: deactivate}} to change "
        "that, or {{excluded: ignore}} to have no message about it.",
    ),
    "protected_listed": Outcome(
        ATTENTION,
        "{count} not in scope, but listed in attribute_mapping_protected, so left alone ({names}); if one of them is to follow the policy, "
        "take it off that list.",
    ),
    "protected_nobody": Outcome(
        ATTENTION,
        "{email} is listed in attribute_mapping_protected, but is neither a user in Google nor an account in Zoom, so it protects nobody;"
        " correct the address, or take it out.",
        ends="attribute_mapping_protected",
    ),
}
