# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random changes of one line of a policy, as hands make them: another expression, a misspelt group, a rule less, a limit more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

Policy = dict[str, Any]

EXPRESSIONS = {
    "userName": [
        "join('', ['x-', primaryEmail])", "join('', [primaryEmail, '.example'])", "join('', [id, '@example.com'])",
        "join('', [name.givenName, '@example.com'])", "join('', [name.givenName, '.', name.familyName, '@example.com'])",
        "'zoom@example.com'", "aliases[0] || primaryEmail", "aliases[0]", "recoveryEmail", "name.givenName", "primaryEmial",
        "emails[*].address",
        "primaryEmail |", "join('', ['x-', primaryEmail]", "`5`", "primaryEmail || ''",
        "(orgUnitPath=='/Staff/Lab' && join('', ['lab.', primaryEmail])) || primaryEmail",
    ],
    "name.givenName": [
        "'X'", "name.familyName", "nickname", "join(' ', [name.givenName, name.familyName])", "name", "name.givenName |", "''",
    ],
    "name.familyName": [
        "'X'", "name.givenName", "name.fullName", "upper(name.familyName)", "primaryEmail", "organizations[0].department",
    ],
    "department": [
        "'X'", "organizations[].department", "name.familyName", "orgUnitPath", "organizations[?primary].title | [0]", "department", "id",
    ],
    "displayName": ["'X'", "name.givenName", "join(', ', [name.familyName, name.givenName])"],
    "title": ["'X'", "primaryEmail"],
    "departmnet": ["'X'"],
}  # fmt: skip
LICENSES = ["basic", "licensed", "unassigned", "on_prem", "lisenced", {"zoom_one_type": 16}]
ACTIONS = ["deactivate", "delete", "disassociate", "downgrade", "report", "ignore", "remove"]
REASONS = ["suspended", "archived", "deleted", "out_of_scope", "unknown", "excluded", "out_of_skope"]
LIMITS = ["0", "1", "5", "100%", "50%", "ten", "1000%", -1]
LIMITED = [
    "max_deactivations", "max_leavers", "max_renames", "max_updates", "max_creations", "license_max_removals", "group_max_removals",
]  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """What of the company a slip of the hand may hit: addresses of groups, paths of org units, addresses of people."""

    groups: list[str]
    org_units: list[str]
    users: list[str]

    def of(self, kind: str) -> list[str]:
        return list(getattr(self, kind))


@dataclass(frozen=True)
class Mutation:
    """`line`: which one it was, and what it says now."""

    line: str
    policy: Policy


Change = Callable[[Random, Policy, Surroundings], str | None]
CHANGES: list[tuple[int, Change]] = []


def change(weight: int) -> Callable[[Change], Change]:
    """It changes the policy it is given, and returns the line; None where there is nothing of the kind."""

    def keep(function: Change) -> Change:
        CHANGES.append((weight, function))
        return function

    return keep


def mutate(random: Random, right: Mapping[str, Any], around: Surroundings) -> Mutation:
    weights, changes = [weight for weight, _change in CHANGES], [change for _weight, change in CHANGES]
    while True:
        policy = deepcopy(dict(right))
        line = random.choices(changes, weights)[0](random, policy, around)
        if line and policy != right:
            return Mutation(line, policy)


@change(8)
def _expression(random: Random, policy: Policy, around: Surroundings) -> str:
    path = random.choices(list(EXPRESSIONS), [6, 2, 2, 3, 1, 1, 1])[0]
    policy["attributes"][path] = random.choice(EXPRESSIONS[path])
    return f"attribute_mapping_attributes.{path}: {policy['attributes'][path]}"


@change(1)
def _attribute_taken_out(random: Random, policy: Policy, around: Surroundings) -> str:
    path = random.choice(list(policy["attributes"]))
    del policy["attributes"][path]
    return f"attribute_mapping_attributes without {path}"


@change(5)
def _chosen(random: Random, policy: Policy, around: Surroundings) -> str:
    """Of the scope and of exclusions."""
    kind = random.choice(["groups", "groups", "org_units", "users"])
    return _in_list(random, policy, f"scope_{random.choice(['', 'exclude_'])}{kind}", around.of(kind))


@change(2)
def _scope_group(random: Random, policy: Policy, around: Surroundings) -> str | None:
    if not policy["scope_group"]:
        return None
    policy["scope_group"] = random.choice(["", misspelt(random, policy["scope_group"]), *around.groups])
    return f"scope_group: {policy['scope_group']}"


@change(2)
def _scope_group_members(random: Random, policy: Policy, around: Surroundings) -> str | None:
    if not policy["scope_group"]:
        return None
    if random.random() < 0.2:
        policy["scope_group_exclusive"] = not policy["scope_group_exclusive"]
        return f"scope_group_exclusive: {policy['scope_group_exclusive']}"
    return _in_list(random, policy, "scope_group_members", around.groups + around.users)


def _in_list(random: Random, policy: Policy, name: str, others: list[str]) -> str:
    """One entry less, more, misspelt or another one."""
    entries = policy[name]
    number, how = random.randrange(len(entries) or 1), random.choice(["less", "misspelt", "other", "more"])
    if how == "more" or not entries:
        entries.append(random.choice(others))
    elif how == "less":
        del entries[number]
    else:
        entries[number] = misspelt(random, entries[number]) if how == "misspelt" else random.choice(others)
    return f"{name}: {entries}"


def misspelt(random: Random, text: str) -> str:
    """A letter less, twice, or exchanged with the next one."""
    if len(text) < 3:
        return f"{text}x"
    place = random.randrange(1, len(text) - 1)
    start, here, after, rest = text[:place], text[place], text[place + 1], text[place + 2 :]
    return start + random.choice([after, here + here + after, after + here]) + rest


@change(3)
def _rules(random: Random, policy: Policy, around: Surroundings) -> str:
    rules, how = (
        policy["rules"],
        random.choice(["license", "selector", "order", "less", "more", "default", "default", "fallback", "reserve"]),
    )
    if how == "default" or (not rules and how in ("license", "selector", "order", "less")):
        policy["default"] = random.choice([None, *LICENSES])
        return f"license_defaults_default: {policy['default']}"
    if how in ("fallback", "reserve"):
        policy[how] = random.choice(LICENSES) if how == "fallback" else random.choice([0, 1, 3, 50, -1])
        return f"license_defaults_{how}: {policy[how]}"
    rule = random.choice(rules) if rules else {}
    if how == "license":
        rule["license"] = random.choice(LICENSES)
    elif how == "selector":
        _selector(random, rule, around)
    elif how == "order":
        rules.reverse()
    elif how == "less":
        rules.remove(rule)
    else:
        rules.insert(random.choice([0, len(rules)]), {**_selector(random, {}, around), "license": random.choice(LICENSES)})
    return f"license_defaults_rules: {rules}"


@change(3)
def _mapped_groups(random: Random, policy: Policy, around: Surroundings) -> str:
    groups, how = policy["groups"], random.choice(["name", "selector", "exclusive", "less", "more"])
    group = random.choice(groups)
    if how == "name":
        group["name"] = random.choice([misspelt(random, group["name"]), "Others", *(other["name"] for other in groups)])
    elif how == "selector":
        _selector(random, group, around)
    elif how == "exclusive":
        group["exclusive"] = not group.get("exclusive", False)
    elif how == "less":
        groups.remove(group)
    else:
        groups.append({"name": "Others", **_selector(random, {}, around), "exclusive": random.choice([True, False])})
    return f"group_mapping_groups: {groups}"


def _selector(random: Random, found: Policy, around: Surroundings) -> Policy:
    for kind in ("groups", "org_units", "users", "where"):
        found.pop(kind, None)
    kind = random.choice(["groups", "groups", "org_units", "users", "where"])
    wheres = ["isAdmin", "!isAdmin", "organizations[?department=='Sales']", "department ==", "length(name)", "suspended", "`true`"]
    words = [random.choice(wheres)] if kind == "where" else [random.choice(around.of(kind))]
    found[kind] = words[0] if kind == "where" else [misspelt(random, words[0])] if random.random() < 0.2 else words
    return found


@change(3)
def _limit(random: Random, policy: Policy, around: Surroundings) -> str:
    name = random.choice(LIMITED)
    policy[name] = random.choice(LIMITS)
    return f"{name}: {policy[name]}"


@change(2)
def _offboarding(random: Random, policy: Policy, around: Surroundings) -> str:
    policy["deprovision"][random.choice(REASONS)] = random.choice(ACTIONS)
    return f"attribute_mapping_deprovision: {policy['deprovision']}"


@change(3)
def _switch(random: Random, policy: Policy, around: Surroundings) -> str:
    values: dict[str, list[Any]] = {
        "prune": [True, False, None], "reactivate": [True, False], "remember": [True, False], "identity": [None, "employeeNumber", "id"],
        "confirm_limit": [0, 1, 200], "protected": [{"users": [random.choice(around.users)]}, {"roles": ["admin"]}, {"user": []}, {}],
    }  # fmt: skip
    name = random.choice(list(values))
    policy[name] = random.choice(values[name])
    return f"{name}: {policy[name]}"
