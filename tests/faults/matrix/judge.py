# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge: what must hold of a run under a fault, and of the next one without it. Each rule yields a sentence for what breaks it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

from .combinations import Trial
from .kinds import ELSEWHERE, TORN
from .plays import Entry, Night, Result
from .state import Fact, State, different

UGLY = re.compile(r"Traceback|\b[A-Z]\w*(Error|Exception)\b|NoneType|<html|object at 0x|<class|MODULE FAILURE|\bNone\b")
NAMED = re.compile(
    r"(GET|POST|PUT|PATCH|DELETE) /|tokens?\b|users\b|groups?\b|members?\b|https?://|accounts?\b|org unit|\S+@\S+|at \S+:\d+"
)
SIDES = re.compile(r"Zoom|Google|/token|scope|\S+@\S+")
NEXT_STEP = re.compile(
    r"\b(run (it )?again|check|look|set|add|give|wait|grant|enable|create|copy|remove|use|ask|raise|should be|connect|activate|correct"
    r"|make|confirm|fix|try|take|let|must|needs|see)\b",
    re.IGNORECASE,
)
UNKNOWN = ("may have been done or not", "not known")  # of a write whose outcome could not be read
TWICE_ALLOWED = re.compile(r"DELETE /v2/users/[^/]+/token|PUT /scim2/Users/.*\"transferee\"")  # neither shows anywhere
ASPECTS: dict[str, frozenset[str]] = {
    "rename": frozenset({"email"}),
    "update": frozenset({"first_name", "last_name", "display_name", "department"}),
    "deactivate": frozenset({"status", "license"}),
    "reactivate": frozenset({"status", "license"}),
    "license": frozenset({"license"}),
    "downgrade": frozenset({"license"}),
}
WHOLE = frozenset({"create", "delete", "disassociate"})
CREATIONS = ("/scim2/Users", "/scim2/Groups", "/v2/groups", "/admin/directory/v1/groups")  # anything else may be asked for again
Rule = Callable[[Trial], Iterator[str]]


def broken(trial: Trial) -> list[str]:
    return [f"{rule.__name__}: {text}" for rule in RULES for text in rule(trial)]


def same_end(trial: Trial) -> bool:
    return trial.faulty.after == trial.end.after


def only_left_undone(trial: Trial) -> bool:
    """Whether all that differs from the end without the fault is as it was before the run."""
    night = trial.faulty
    return all(night.after.get(fact) == night.before.get(fact) for fact in different(night.after, trial.end.after))


def nobody_wrongly_ended(trial: Trial) -> Iterator[str]:
    """Whoever has lost something under the fault loses it without the fault too; nor does the next run take more."""
    for moment, state in (("the fault", trial.faulty.after), ("the next run", trial.next.after)):
        for fact in lost(trial.faulty.before, state) - lost(trial.end.before, trial.end.after):
            yield f"by {moment}, {fact} is {state.get(fact)!r}, was {trial.faulty.before[fact]!r} and ends as {trial.end.after.get(fact)!r}"


def lost(before: State, after: State) -> set[Fact]:
    return {fact for fact in different(before, after) if fact in before and _is_loss(fact, before[fact], after.get(fact))}


def _is_loss(fact: Fact, was: object, now: object) -> bool:
    if now is None:
        return True
    if fact.aspect == "license":
        return isinstance(was, tuple) and isinstance(now, tuple) and was[0] == 2 and now[0] != 2
    return fact.aspect == "email" or (fact.aspect == "status" and now != "active")


def nothing_twice(trial: Trial) -> Iterator[str]:
    """No second account or group, and no write that was carried out is carried out again."""
    for night in (trial.faulty, trial.next):
        for kind, name in (("account", "email"), ("zoom group", "name")):
            held = Counter(str(value).lower() for fact, value in night.after.items() if (fact.kind, fact.aspect) == (kind, name))
            yield from (f"{number} of one {kind} {value}" for value, number in held.items() if number > 1)
    strange = {fact.subject for fact in trial.next.after if fact not in trial.end.after and fact not in trial.end.before}
    yield from (f"{subject} is there and should not" for subject in sorted(strange))
    made = Counter(json.dumps([entry["method"], entry["path"], entry["body"]]) for entry in done(trial.faulty) + done(trial.next))
    lagging = bool(trial.combination.kind.switches)
    for text, number in made.items():
        method, path, body = json.loads(text)
        if number > 1 and not TWICE_ALLOWED.match(f"{method} {path} {json.dumps(body)}") and not (lagging and path not in CREATIONS):
            yield f"{number} times: {text}"


def done(night: Night) -> list[Entry]:
    """Writes that were carried out, whatever their answers said."""
    return [entry for entry in night.entries if entry["kind"] == "write" and _was_done(entry)]


def _was_done(entry: Entry) -> bool:
    fault = str(entry["fault"] or "")
    if " in place of " in fault:
        return fault.rpartition(" ")[2].startswith("2")
    return 200 <= entry["status"] < 300 and not fault.startswith("status")


def what_was_done_is_reported(trial: Trial) -> Iterator[str]:
    """Each difference is claimed by a change, or said to be of unknown outcome; and each claim is a difference."""
    night = trial.faulty
    claims, facts = night.changes, different(night.before, night.after)
    unknown = [row["message"] for row in night.reported if any(text in row["message"] for text in UNKNOWN)]
    unknown += [night.stopped] if any(text in night.stopped for text in UNKNOWN) else []
    for fact in sorted(facts, key=str):
        if not any(_claims(row, fact, night) for row in claims) and not any(_is_about(text, fact, night) for text in unknown):
            yield f"{fact} went from {night.before.get(fact)!r} to {night.after.get(fact)!r}, and no change says so"


def what_is_reported_was_done(trial: Trial) -> Iterator[str]:
    night = trial.faulty
    facts = different(night.before, night.after)
    for row in night.changes:
        if row["action"] not in ("revoke", "hand_over") and not any(_claims(row, fact, night) for fact in facts):
            yield f"{row['action']} of {row.get('group') or row['email']} is reported as done, and nothing shows it"


def _names(fact: Fact, night: Night) -> set[str]:
    """What a report may call the account or group that a fact is about."""
    asked = {"account": ("account", "email"), "membership": ("account", "email"), "zoom group": ("zoom group", "name")}.get(fact.kind)
    if asked is None:
        return {fact.subject.lower()}
    key = Fact(asked[0], fact.subject, asked[1])
    return {str(state[key]).lower() for state in (night.before, night.after) if key in state}


def _group_names(fact: Fact, night: Night) -> set[str]:
    key = Fact("zoom group", fact.aspect, "name")
    return {str(state[key]).lower() for state in (night.before, night.after) if key in state}


def _claims(row: Result, fact: Fact, night: Night) -> bool:
    action, group, names = row["action"], str(row.get("group") or "").lower(), _names(fact, night)
    if action.startswith("google_"):
        if fact.kind == "google member":
            return (
                action in ("google_add", "google_remove", "google_change_role", "google_create", "google_delete")
                and (group or row["email"].lower()) in names
            )
        return (
            fact.kind == "google group"
            and action in ("google_create", "google_update", "google_settings", "google_delete")
            and row["email"].lower() in names
        )
    if fact.kind == "zoom group":
        return action in ("create_group", "rename_group", "delete_group") and group in names
    if fact.kind == "membership":
        members = {str(email).lower() for email in row.get("emails") or []}
        of_group = action in ("add", "remove", "delete_group") and group in _group_names(fact, night) and bool(names & members)
        return of_group or (action in WHOLE and str(row.get("email")).lower() in names)
    return str(row.get("email")).lower() in names and (action in WHOLE or fact.aspect in ASPECTS.get(action, ()))


def _is_about(text: str, fact: Fact, night: Night) -> bool:
    names = _names(fact, night) | (_group_names(fact, night) if fact.kind == "membership" else set())
    return any(name in text.lower() for name in names)


def nothing_is_silent(trial: Trial) -> Iterator[str]:
    """Another end than without the fault is a failure of the run, or at least something that it reports.

    A list that is well formed and lacks rows may hide what is due: that is left for the next run.
    """
    if same_end(trial) or trial.faulty.failed or trial.faulty.attention - trial.end.attention:
        return
    if trial.combination.kind.group != TORN or not only_left_undone(trial):
        facts = sorted(map(str, different(trial.faulty.after, trial.end.after)))
        yield f"the run did not fail, and {len(facts)} facts are not as they should be, such as {facts[0]}"


def refusals_are_clean(trial: Trial) -> Iterator[str]:
    """A sentence for people that says what, why and what to do."""
    night = trial.faulty
    texts = [result["msg"] for _module, result in night.results if result["failed"]]
    rows = [row["message"] for _module, result in night.results for name in LISTS for row in result.get(name) or []]
    checks = [row["message"] for _module, result in night.results for row in result.get("checks") or [] if not row["passed"]]
    for text in [*texts, *rows, *checks]:
        if not isinstance(text, str) or not text.strip() or len(text) > 3000:
            yield f"no sentence: {text!r}"
        elif UGLY.search(text):
            yield f"not for people: {text}"
        elif text.rstrip()[-1] not in ".]?":
            yield f"no whole sentence: {text}"
    for text in [night.stopped.partition(": ")[2], *(row["message"] for row in night.reported)]:
        if not text:
            continue
        if not SIDES.search(text) or not NAMED.search(text):
            yield f"it does not say what was refused: {text}"
        if not NEXT_STEP.search(text):
            yield f"it names no next step: {text}"


LISTS = ("attention", "failed_items", "withheld")


def the_next_run_converges(trial: Trial) -> Iterator[str]:
    if trial.next.stopped or trial.next.reported:
        yield f"the next run fails: {trial.next.stopped or trial.next.reported[0]['message']}"
    facts = different(trial.next.after, trial.end.after)
    yield from (f"{fact} ends as {trial.next.after.get(fact)!r}, not {trial.end.after.get(fact)!r}" for fact in sorted(facts, key=str))


def nobody_is_followed(trial: Trial) -> Iterator[str]:
    """A redirect leads nowhere."""
    yield from (f"{entry['method']} {entry['path']}" for entry in trial.faulty.entries if entry["path"].startswith(ELSEWHERE))


def the_fault_is_met(trial: Trial) -> Iterator[str]:
    if not trial.hits:
        yield "no request met it"


RULES: tuple[Rule, ...] = (
    nobody_wrongly_ended,
    nothing_twice,
    what_was_done_is_reported,
    what_is_reported_was_done,
    nothing_is_silent,
    refusals_are_clean,
    the_next_run_converges,
    nobody_is_followed,
    the_fault_is_met,
)
