# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold after each event, whatever the world: each rule yields a sentence for everything that breaks it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from . import journal
from .memory import Memory, standing
from .oracle import Known, Pairs, anchored, claimed, foreign, is_reported, owned, owner, protected, saml_sets_it, shown
from .site import Phase, Run, Site
from .views import AccountView, ZoomView, member_id
from .world import DOMAIN, FOREIGN
from .writes import Write, attempted, unmatched

NO_ROOM = ("kind_full", "no_room")
# what a refusal leads to, as attention reports it
CONSEQUENCES = ("seat_refused", "created_with", "seats", "shortfall", *NO_ROOM)
ALL = ("attention", "failed_items", "withheld")
LASTING = ("already in use", "has already been used", "email domain does not match", "force inactive", "invalid word")
GAINS = ("create", "reactivate", "rename", "update", "license", "add", "create_group", "rename_group")
UNCLEAR = ("older_account", "maybe_renamed", "alias_reused")


@dataclass
class Step:
    """One event's three runs, and the people as they were when it had happened, and after the runs.

    `completed_before`: whether a real run had ended well before these. `remembered`: what the last one before these had left, and `left`
    what the real one has.
    """

    site: Site
    check: Run
    real: Run
    again: Run
    people: list[Known]
    completed_before: bool = False
    remembered: Memory = field(default_factory=Memory)
    left: Memory = field(default_factory=Memory)

    @cached_property
    def pairs(self) -> Pairs:
        return standing(self.remembered, self.real.first, self.people, self.site.policy)

    @property
    def reported(self) -> list[dict[str, str]]:
        return self.real.reported(*ALL)

    def owner(self, account: AccountView) -> Known | None:
        return owner(account, self.people, self.site.policy, self.pairs)

    def protected(self, account: AccountView) -> bool:
        return protected(account, self.people, self.site.policy, self.pairs)

    @property
    def blind(self) -> bool:
        """Whether Google's lists show only some of the people: then those who have an account keep it, and that is all."""
        return self.site.box.switches["google_page_defect"] == "shifted"

    def may_end(self, why: str) -> bool:
        """Why a run may end before its first write."""
        google, policy = self.site.box.google, self.site.policy
        foreign = google.find_group(FOREIGN)
        nested = any(foreign and foreign.id in group.members for group in google.groups.values())
        nobody = any(google.find_user(address) is None for address in policy["scope_users"])
        gone = any(google.find_user(address) is None for address in policy.get("scope_group_members", ()) if address.endswith(f"@{DOMAIN}"))
        keyless = self.site.box.switches["google_odd_rows"] == "member_without_keys"
        reasons = {
            "The scope contains no active person": True,
            "can't be read": nested,
            "who is nobody in this Google directory": nobody,
            "but no user and no group of this Google directory has such an address": gone,
            "scope_exclude_groups names": keyless,
        }
        return any(text in why and true for text, true in reasons.items())

    def owned(self, person: Known, zoom: ZoomView) -> list[AccountView]:
        return owned(person, zoom, self.people, self.site.policy, self.pairs)


Rule = Callable[[Step], Iterator[str]]
RULES: dict[str, Rule] = {}


def rule(text: str) -> Callable[[Rule], Rule]:
    def keep(function: Rule) -> Rule:
        RULES[text] = function
        return function

    return keep


def broken(step: Step) -> Iterator[str]:
    for text, holds in RULES.items():
        yield from (f"{text}: {why}" for why in holds(step))


@rule("a run ends early only where there is nobody to provision, and then before any write")
def _ends(step: Step) -> Iterator[str]:
    for run in (step.check, step.real, step.again):
        if run.stopped and not step.may_end(run.stopped):
            yield run.stopped
        if run.stopped and run.writes:
            yield f"{run.stopped}, after {[entry['path'] for entry in run.writes]}"


@rule("check mode writes nothing")
def _check_writes(step: Step) -> Iterator[str]:
    yield from (write.text for write in attempted(step.check))


@rule("what check mode announces is what the run attempts")
def _announced(step: Step) -> Iterator[str]:
    missing, extra = unmatched(step.check.changes(), attempted(step.real, step.check.changes()))
    others = [row["email"] for row in step.real.reported("attention") if row.get("reason") in ("created_as", "created_with")]
    for write in extra:
        # who came out with another licence than was asked for gets the right one in the same run, and who found no seat the fallback
        if not (write.kind == "license" and any(email.lower() in write.subjects for email in others)):
            yield f"written, but not announced: {write.text}"
    refused = any(entry["status"] >= 400 and entry["side"] == "zoom" for entry in step.real.writes)
    # a refusal that was known before is attention, also where it is asked for again: another address, say, and the same answer
    followed = [row for row in step.real.reported("attention") if row["reason"] in CONSEQUENCES or row.get("action")]
    excused = step.real.reported("failed_items", "withheld") + followed
    # an invitation, or nothing, in place of the account that Zoom's answer named: there is nobody for what was to follow
    not_there = [row for row in step.real.reported("failed_items", "attention") if row.get("reason") in ("create", "pending")]
    for row in missing:
        # behind a refusal the same account's later changes are not tried, nor what its seat or address was for
        about = row.get("emails") or [row["email"] or row["group"]]
        if not (refused and is_reported(excused, about)) and not is_reported(not_there, about):
            yield f"announced, but not attempted: {row}"


@rule("what the run says that it wrote is what it wrote")
def _said(step: Step) -> Iterator[str]:
    done = [write for write in attempted(step.real) if write.done and not _answered_only(write, step.real)]
    missing, extra = unmatched(step.real.changes(), done)
    yield from (f"said, but not written: {row}" for row in missing)
    yield from (f"written, but not said: {write.text}" for write in extra)


def _answered_only(write: Write, run: Run) -> bool:
    """Zoom answers that it has made an account, and has not: it says so of everybody in such a world, and the run reports a failure."""
    made = [phase.after.at(address) for phase in run.phases for address in write.subjects]
    return write.kind == "create" and not any(made) and is_reported(run.reported("failed_items"), write.subjects)


@rule("a second run changes nothing")
def _second(step: Step) -> Iterator[str]:
    """But for those of whom the first one said that Zoom had no room for them: it may have made some itself, later on."""
    waiting = [row for row in step.real.reported("attention") if row["reason"] in NO_ROOM]
    for write in attempted(step.again):
        if write.done and not _answered_only(write, step.again) and not is_reported(waiting, write.members or write.subjects):
            yield write.text
    for row in step.again.changes():
        if not is_reported(waiting, row.get("emails") or [row["email"]]):
            yield f"{row['action']} is what it says: {row}"


@rule("what Zoom refuses for good is not sent again in the second run")
def _not_resent(step: Step) -> Iterator[str]:
    lasting = [
        (row["email"], row["reason"]) for row in step.real.reported("failed_items") if any(said in row["message"] for said in LASTING)
    ]
    for row in step.again.reported("failed_items"):
        if (row["email"], row["reason"]) in lasting and row["reason"] in GAINS and not _was_stopped(step.real):
            yield f"failed again: {row}"


def _was_stopped(run: Run) -> bool:
    return any(row["reason"] == "stopped" for row in run.reported("failed_items"))


@rule("nobody in scope is without an active account, but for those reported")
def _left_out(step: Step) -> Iterator[str]:
    for person in () if step.real.stopped else step.people:
        account = step.real.last.at(person.email)
        invited = account and account.status == "pending" and account.id not in step.real.first.accounts
        theirs = account and account.status == "active" and step.owner(account) is person
        if person.wanted and not invited and not theirs:
            before = [*claimed(person, step.real.first), *step.owned(person, step.real.first)]
            if step.blind and not any(_ended(held, step.real.last) for held in before):
                continue
            if not is_reported(step.reported, [*person.addresses, *(held.email for held in before)]):
                yield f"{person.email} has {account or 'no account'}"


def _ended(before: AccountView, zoom: ZoomView) -> bool:
    after = zoom.accounts.get(before.id)
    return before.status == "active" and not (after and after.status == "active")


@rule("who was invited in place of getting an account is reported at once")
def _invited(step: Step) -> Iterator[str]:
    """As Zoom may do outside the managed domains; the next run reports every pending one."""
    for key, account in step.real.last.accounts.items():
        if account.status == "pending" and key not in step.real.first.accounts and not is_reported(step.reported, [account.email]):
            yield account.email


@rule("whom the mapping names is called so, but for those reported")
def _names(step: Step) -> Iterator[str]:
    for person in () if step.real.stopped else step.people:
        account = step.real.last.at(person.email)
        given, family = shown(person.given), shown(person.family)
        wish = (given or family, family or given)
        if step.blind or not person.wanted or account is None or account.status != "active" or is_reported(step.reported, person.addresses):
            continue
        if (shown(account.values["first_name"]), shown(account.values["last_name"])) != wish:
            yield f"{person.email} is {account.values['first_name']!r} {account.values['last_name']!r} in Zoom, not {wish}"


@rule("nobody protected loses access, address or licence")
def _protected(step: Step) -> Iterator[str]:
    for before in step.real.first.accounts.values():
        if step.protected(before):
            after = step.real.last.accounts.get(before.id)
            if after is None or (before.status == "active" and after.status != "active"):
                yield f"{before.email} was {before.status} and is {after.status if after else 'gone'}"
            elif before.email.lower() != after.email.lower():
                yield f"{before.email} was renamed to {after.email}"
            elif before.paid and not after.paid:
                yield f"{before.email} had {before.values} and has {after.values}"


@rule("what Zoom has refused once because it is a Zoom Room is not asked for again")
def _rooms(step: Step) -> Iterator[str]:
    rooms = {held.id for held in step.real.last.accounts.values() if held.room}
    for write in attempted(step.again):
        yield from (write.text for _key in write.subjects & rooms if not write.done)


@rule("no state of owner or admin is asked for that Zoom always refuses to set")
def _refused_roles(step: Step) -> Iterator[str]:
    admins = {held.id: held.email for held in step.real.first.accounts.values() if held.role in ("0", "1")}
    for write in attempted(step.real):
        if write.kind in ("status", "delete"):
            yield from (f"{admins[key]}: {write.text}" for key in write.subjects & admins.keys())


@rule("nobody excluded is touched")
def _excluded(step: Step) -> Iterator[str]:
    if step.site.policy["deprovision"].get("excluded", "ignore") != "ignore":
        return
    for person in step.people:
        for before in step.owned(person, step.real.first) if person.excluded and person.state == "active" else ():
            after = step.real.last.accounts.get(before.id)
            if after != before:
                yield f"{before.email} was {before} and is {after}"


@rule("who failed or was blocked is left alone by later phases")
def _held(step: Step) -> Iterator[str]:
    writes = {id(phase): _about(step.real, phase) for phase in step.real.phases}
    for number, phase in enumerate(step.real.phases):
        if not phase.module.startswith("zoom_"):
            continue
        addresses = {email.strip().lower() for row in phase.reported("failed_items", "withheld") for email in str(row["email"]).split(",")}
        for later in step.real.phases[number + 1 :]:
            for address in sorted(addresses):
                if all(called & writes[id(later)] for called in _called(step, phase, address)):
                    yield f"{address} was held by {phase.module}, but {later.module} writes about it"


def _called(step: Step, phase: Phase, address: str) -> list[set[str]]:
    """Whom the address may mean, by the names of accounts: the one that has it, or those of the person whose it is in Google."""
    there = phase.before.at(address)
    person = next((person for person in step.people if person.email.lower() == address), None)
    theirs = step.owned(person, phase.before) if person else []
    return [{there.id if there else address}, *([{account.id for account in theirs}] if theirs else [])]


def _about(run: Run, phase: Phase) -> set[str]:
    part = Run(run.id, run.check, [phase])
    return {name for write in attempted(part) for name in (write.members or write.subjects)}


@rule("no address has two accounts")
def _addresses(step: Step) -> Iterator[str]:
    folded = [account.email.lower() for account in step.real.last.accounts.values()]
    yield from sorted({email for email in folded if folded.count(email) > 1})


@rule("nobody gets a second account while the first can be known")
def _second_account(step: Step) -> Iterator[str]:
    for key, account in step.real.last.accounts.items():
        person = step.owner(account) if key not in step.real.first.accounts else None
        if person:
            yield from (f"{account.email} was made beside {held.email}" for held in step.owned(person, step.real.first))


@rule("no account older than the Google user that claims its address is given to them")
def _newcomers(step: Step) -> Iterator[str]:
    users = step.site.box.zoom.users
    for person in step.people:
        for account in claimed(person, step.real.first):
            after = step.real.last.accounts.get(account.id)
            given = after and after != account and after.status == "active"  # the anchor may end it as its former holder's
            # an anchor says whose it is, whatever the address, and so does the last run
            settled = account.id in step.pairs.sure or (step.site.policy["identity"] and anchored(account, step.people))
            if not person.wanted or not given or settled:
                continue
            if users[account.id].created.replace(microsecond=0) < person.created.replace(microsecond=0):  # Zoom shows no parts of seconds
                yield f"{account.email} was made before {person.email} joined, and is now {after}"


@rule("whom the last run knew is not unclear")
def _known(step: Step) -> Iterator[str]:
    """Whatever became of addresses since."""
    known = set(step.pairs.sure.values())
    theirs = {person.email.lower(): person.id for person in step.people}
    for row in step.real.reported("attention"):
        if row["reason"] in UNCLEAR and theirs.get(row["email"].lower()) in known:
            yield f"{row['message']}, though {step.pairs.sure}"


@rule("what a run leaves of whose an account is was so")
def _pairs(step: Step) -> Iterator[str]:
    first, last = step.real.first.accounts, step.real.last.accounts
    for key, person_id in step.left.owners.items():
        held = first.get(key) or last.get(key)
        person = step.owner(held) if held else None
        if step.remembered.owners.get(key) != person_id and (person is None or person.id != person_id):
            yield f"{held} is {person}'s, and is remembered as {person_id}'s, before as {step.remembered.owners.get(key)}'s"


@rule("whoever has an account by the policy is remembered with it, but for those reported")
def _remembered(step: Step) -> Iterator[str]:
    for person in () if step.real.stopped or step.blind else step.people:
        account = step.real.last.at(person.email)
        if not person.wanted or account is None or account.status != "active" or step.owner(account) is not person:
            continue
        if step.left.owners.get(account.id) != person.id and not is_reported(step.reported, person.addresses):
            yield f"{account.email} is {person.id}'s, and is remembered as {step.left.owners.get(account.id)}'s"


@rule("an account is anchored to its owner only, once, and where the policy says so")
def _anchors(step: Step) -> Iterator[str]:
    first = step.real.first.accounts
    for key, account in step.real.last.accounts.items():
        before, person = first.get(key), step.owner(first.get(key, account))
        if account.number == (before.number if before else ""):
            continue
        if not step.site.policy["identity"] or (before and before.anchor) or person is None or account.number != person.id:
            yield f"{account.email} carried {before.number if before else 'nothing'!r} and carries {account.number!r}, of {person}"


@rule("whoever has an account by the policy is anchored where it says so, but for those reported")
def _anchored(step: Step) -> Iterator[str]:
    shown = step.site.box.switches["employee_number_in_list"] == "shown" and not step.blind
    others = foreign(step.real.first, step.people)
    if not shown or not step.site.policy["identity"] or step.real.stopped or saml_sets_it(step.real.first, step.people):
        return
    for person in step.people:
        account = step.real.last.at(person.email)
        active = person.wanted and account and account.status == "active" and account.id not in {other.id for other in others}
        if account and active and account.number != person.id and not is_reported(step.reported, person.addresses):
            yield f"{account.email} carries {account.number!r}, and is {person.id}'s"


@rule("numbers in the anchor's place that are nobody's Google id are reported in one sentence, and no run writes beside many of them")
def _not_ours(step: Step) -> Iterator[str]:
    if not step.site.policy["identity"] or step.real.stopped:
        return
    rows = [row for row in step.real.reported("attention") if row["reason"] == "unique_id_not_ours"]
    others = foreign(step.real.first, step.people)
    if len(rows) != bool(others):
        yield f"{[other.email for other in others]} carry such numbers, and {rows} was said"
    for row in rows:
        if sorted(row["emails"]) != sorted(other.email for other in others):
            yield f"{row['emails']} were named, and {[other.email for other in others]} carry such numbers"
    if saml_sets_it(step.real.first, step.people):
        for key, account in step.real.last.accounts.items():
            before = step.real.first.accounts.get(key)
            if account.number != (before.number if before else ""):
                yield f"{account.email} carries {account.number!r} now"


@rule("no write without a difference")
def _idle(step: Step) -> Iterator[str]:
    yield from (*step.real.idle, *step.again.idle)


@rule("no removal above a limit")
def _limits(step: Step) -> Iterator[str]:
    policy = step.site.policy
    for phase in step.real.phases:
        base = sum(held.status == "active" and not step.protected(held) for held in phase.before.accounts.values())
        for option, lost in _losses(step, phase):
            limit = str(policy[option])
            allowed = max(3, base * int(limit[:-1]) // 100) if limit.endswith("%") else int(limit)
            if len(lost) > allowed:
                yield f"{option} is {limit} ({allowed} of {base}), but {phase.module} took {lost}"


def _losses(step: Step, phase: Phase) -> Iterator[tuple[str, list[str]]]:
    pairs = [(held, phase.after.accounts.get(key)) for key, held in phase.before.accounts.items()]
    if phase.module == "zoom_scim_users":
        gone = [held for held, after in pairs if held.status == "active" and not (after and after.status == "active")]
        leavers = [held.email for held in gone if (person := step.owner(held)) and person.state in ("suspended", "deleted")]
        yield "max_leavers", leavers
        yield "max_deactivations", [held.email for held in gone if held.email not in leavers]
        yield "max_renames", [held.email for held, after in pairs if after and after.email.lower() != held.email.lower()]
    elif phase.module == "zoom_license_default":
        yield "license_max_removals", [held.email for held, after in pairs if after and held.paid and not after.paid]
    elif phase.module == "zoom_groups":
        yield "group_max_removals", [held.email for held, after in pairs if after for _group in held.groups - after.groups]
    elif phase.module == "google_group_members" and "scope_max_removals" in step.site.policy:
        yield "scope_max_removals", [entry["path"] for entry in phase.writes if entry["method"] == "DELETE"]


@rule("no licence is taken above its limit, whichever phases take it")
def _license_limit(step: Step) -> Iterator[str]:
    """Of people who stay: an offboarding action has limits of its own."""
    phases = [phase for phase in step.real.phases if phase.module in ("zoom_scim_users", "zoom_license_default")]
    if not phases:
        return
    pairs = [(held, phases[-1].after.accounts.get(key)) for key, held in phases[0].before.accounts.items() if held.paid]
    stay = [held for held, after in pairs if after and after.status == "active" and not after.paid]
    lost = [held.email for held in stay if (person := step.owner(held)) and person.wanted]
    limit = str(step.site.policy["license_max_removals"])
    bases = [sum(held.status == "active" and not step.protected(held) for held in phase.before.accounts.values()) for phase in phases]
    allowed = max(3, max(bases) * int(limit[:-1]) // 100) if limit.endswith("%") else int(limit)
    if len(lost) > allowed:
        yield f"license_max_removals is {limit} ({allowed} of {bases}), but {lost} lost theirs"


@rule("no update, creation or reactivation above a limit once a run was completed")
def _gain_limits(step: Step) -> Iterator[str]:
    policy = step.site.policy
    for phase in [*step.check.phases, *step.real.phases] if step.completed_before else ():
        base = sum(held.status == "active" and not step.protected(held) for held in phase.before.accounts.values())
        for option, gained in _gains(phase):
            limit = str(policy[option])
            allowed = max(20, base * int(limit[:-1]) // 100) if limit.endswith("%") else int(limit)
            if len(gained) > allowed:
                yield f"{option} is {limit} ({allowed} of {base}), but {phase.module} changed {gained}"


def _gains(phase: Phase) -> Iterator[tuple[str, list[str]]]:
    if phase.module != "zoom_scim_users":
        return
    before, after = phase.before.accounts, phase.after.accounts
    yield "max_creations", [held.email for key, held in after.items() if held.status == "active" and not _is_active(before.get(key))]
    names = ("first_name", "last_name", "department")
    pairs = [(held, after[key]) for key, held in before.items() if key in after]
    yield "max_updates", [held.email for held, now in pairs if any(held.values[name] != now.values[name] for name in names)]


def _is_active(account: AccountView | None) -> bool:
    return account is not None and account.status == "active"


@rule("the journal shows every difference between the first and the last state")
def _journal(step: Step) -> Iterator[str]:
    for run in (step.real, step.again):
        entries = journal.read(step.site.journal_dir / f"{run.id}.jsonl")
        google = journal.replay_google(run.first_google, run.last_google, entries, lambda email: member_id(step.site.box, email))
        for why in (*journal.replay(run.first, run.last, entries), *google):
            yield f"{why}; {json.dumps(entries, ensure_ascii=False)}"
