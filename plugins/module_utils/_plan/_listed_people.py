# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People listed by address, in the scope, its exclusions and its group: which address is an error, and who was deleted. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from .._model._directory import DirectoryData, Nobody
from .._model._nesting import Row
from .._model._person import Person
from .._model._text import PolicyError, domain, fold, shortened
from ._outcome import Finding
from ._outcomes import finding

Answers = Mapping[str, Person | Nobody]

_WRONG = {
    Nobody.ABSENT: "who is nobody in this Google directory; nothing was changed: correct the address, or take it out",
    Nobody.FOREIGN: "who is nobody in this Google directory; nothing was changed: people of another customer get no account; take it out",
    Nobody.UNREAD: "but Google shows that user in an unknown form; nothing was changed: look at the user in the Admin console",
    Nobody.GROUP: "which is a group's address; nothing was changed: list it under {groups}",
}
_OWN_STATUS = frozenset({"ACTIVE", "SUSPENDED", "ARCHIVED"})  # external members come without one (google-directory-api.md 6)
_GROUPS = {"scope_users": "scope_groups", "scope_exclude_users": "scope_exclude_groups"}


def unlisted_people(data: DirectoryData, listed: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the variables and folded addresses, those whom the list of users does not show: each is looked up."""
    known = {address for person in (*data.users, *data.unread) for address in person.addresses()}
    return [(where, address) for where, address in listed if address not in known]


def listed_findings(data: DirectoryData, asked: Iterable[tuple[str, str]], answers: Iterable[Person | Nobody]) -> list[Finding]:
    """A sentence for each who was deleted. PolicyError for an address that is no user's."""
    binned, findings = {fold(person.email) for person in data.deleted}, []
    for (where, address), answer in zip(asked, answers, strict=True):
        if answer is Nobody.ABSENT and address in binned:
            findings.append(finding("listed_deleted", address, where=where))
        elif isinstance(answer, Nobody):
            raise PolicyError(f"{where} names {address}, {_WRONG[answer].format(groups=_GROUPS[where])}.")
    return findings


def absent_members(answers: Answers) -> list[str]:
    """Addresses of neither a user nor a group: somebody deleted, or nobody."""
    return [address for address, who in answers.items() if who is Nobody.ABSENT]


def member_findings(group: str, answers: Answers, binned: Collection[str], rows: Iterable[Row]) -> list[Finding]:
    """A sentence for each who was deleted; `rows`: of the group's members, `binned`: folded addresses of the deleted.

    PolicyError for who is nobody at a domain of the customer. Google does not report on other domains: an address there may be a member.
    """
    people = (address for who in answers.values() if isinstance(who, Person) for address in who.addresses())
    members = (row.get("email") or "" for row in rows if row.get("type") == "USER" and row.get("status") in _OWN_STATUS)
    domains = {domain(address) for address in (group, *binned, *people, *members)}
    absent = absent_members(answers)
    unknown = [address for address in absent if address not in binned and domain(address) in domains]
    if unknown:
        raise PolicyError(
            f"The list of members of {group} names {shortened(unknown, counted=True)}, but no user and no group of this Google directory "
            "has such an address; nothing was changed: correct scope_group_members (members of the module)."
        )
    return [finding("listed_deleted", address, where="scope_group_members") for address in absent if address in binned]
