# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The catalogue of what a user has to act on: each a sentence that says who, what, why, and the next step. Pure.

docs/outcomes.md is made from it. Refusals of single writes are explained by `_run/_explain.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

FAILED, WITHHELD, ATTENTION = "failed", "withheld", "attention"


@dataclass(frozen=True)
class Outcome:
    """`kind` is the list of a result that it goes to; `text` takes the values in braces."""

    kind: str
    text: str


@dataclass(frozen=True)
class Finding:
    """`reason` is a word for programs, `message` a sentence for people that ends with the next step."""

    email: str
    reason: str
    message: str

    def row(self) -> dict[str, str]:
        return {"email": self.email, "reason": self.reason, "message": self.message}


OUTCOMES: dict[str, Outcome] = {
    # people and their accounts
    "attributes": Outcome(FAILED, "{email}: {error} Correct the expression or the entry in Google; this account was left as it is."),
    "duplicate": Outcome(
        FAILED, "{email}: userName gives {address}, which another person in scope gets too; give each an address of their own."
    ),
    "rename_ring": Outcome(FAILED, "{email} is still the address of another account that is to be renamed too; free it in Zoom by hand."),
    "pending": Outcome(
        ATTENTION, "{email} has not accepted Zoom's invitation; nothing can be set until then: ask them, or resend it in Zoom."
    ),
    "inactive": Outcome(ATTENTION, "{email} is in scope, but inactive in Zoom; set attribute_mapping_reactivate to true to reactivate it."),
    "second_account": Outcome(
        ATTENTION, "{email} is a second account of {person}, under an alias; merge it into the other or remove it in Zoom by hand."
    ),
    "protected_rename": Outcome(
        ATTENTION, "{email} should be renamed to {address}, but is owner, admin or on your list; change its address in Zoom by hand."
    ),
    # losses
    "protected": Outcome(
        ATTENTION,
        "{email} is {words}, but stays as it is, as owner, admin or on your list; take its role away in Zoom (User Management, Roles), "
        "or take it off attribute_mapping_protected, to end it.",
    ),
    "pending_leaver": Outcome(ATTENTION, "{email} is {words}, but its Zoom invitation is still open; withdraw it in Zoom by hand."),
    "reported": Outcome(
        ATTENTION,
        "{email} is {words} and keeps its Zoom account; add attribute_mapping_deprovision {{{reason}: deactivate}} to end it.",
    ),
    "prune_unset": Outcome(ATTENTION, "{email} is {words} and would be ended by {action}; add attribute_mapping_prune: true to do so."),
    "unconfirmed": Outcome(
        WITHHELD,
        "{email} looks {words}, but a second read did not confirm it, so it was left as it is; run again, and look at it if it stays.",
    ),
    "fuse": Outcome(
        WITHHELD,
        "{count} {words} ({why}), more than {option} allows ({allowed}: {share}), so none was; check the plan, then raise {option} or set "
        "provisioning_allow_losses: true (allow_losses of the module) for one run.",
    ),
    "confirm_limit": Outcome(
        ATTENTION,
        "{count} people would lose their account, more than confirm_limit ({limit}), so none was confirmed and none will lose it; "
        "check the scope, then raise confirm_limit.",
    ),
    # licences
    "where": Outcome(FAILED, "{email}: {error} Correct the expression; this account was left as it is."),
    "bundle": Outcome(ATTENTION, "{email} holds {held} and the policy says {wanted}; bundles are taken away in the portal only."),
    "protected_license": Outcome(
        ATTENTION, "{email} is owner, admin or on your list and keeps {held}, though the policy says {wanted}; give it a rule of its own."
    ),
    "seats": Outcome(ATTENTION, "{email} should hold {wanted}, but no seat is free; buy seats or take others out of the rules."),
    # groups
    "max_removals": Outcome(
        WITHHELD,
        "{group}: {count} members would be removed, more than max_removals allows ({limit}), so none was; check the list, "
        "then raise max_removals.",
    ),
    "no_account": Outcome(FAILED, "{email} has no active Zoom account and can't join a group; create the account first."),
    "not_joined": Outcome(
        FAILED,
        "{email} did not join the Zoom group {group}: Zoom took the request and left the account out, as it does with pending and inactive "
        "ones; look at the account in Zoom, then run again.",
    ),
    "unconfirmed_member": Outcome(
        WITHHELD,
        "{email} looks as if it should leave the Zoom group {group}, but a second read of the directory did not confirm it, so it stays; "
        "run again, and look at it if it stays.",
    ),
    "former_group": Outcome(
        ATTENTION,
        "The Zoom groups {group} and {former}, its former name, both exist; {former} was left as it is: move what is still needed, then "
        "take it out of previous_names and map it with state: absent.",
    ),
    "one_group_shown": Outcome(
        ATTENTION,
        "{email} may or may not be in the Zoom group {group}: SCIM shows one of its groups only, so nothing was written; give Zoom's REST "
        "credentials (account_id, client_id, client_secret) to tell.",
    ),
    # the scope
    "external": Outcome(
        ATTENTION,
        "{email} is a member of {group}, but no user of this Google customer; external people get no account: take them out of the group, "
        "or give them a Google account.",
    ),
    "not_in_directory": Outcome(ATTENTION, "{email} is in users, but not in the Google directory; take it out, or correct the address."),
    # one account
    "protected_account": Outcome(FAILED, "{email} is owner or admin and is not deleted; take away its role in Zoom first."),
    "pending_account": Outcome(FAILED, "{email} is a pending invitation; withdraw it in Zoom."),
}


def finding(code: str, email: str = "", /, *, reason: str = "", **values: object) -> Finding:
    """One sentence of the catalogue; `reason` where programs know it by another word than its key."""
    return Finding(email, reason or code, OUTCOMES[code].text.format(email=email, reason=reason or code, **values))
