# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant with each standing condition in it, night after night with playbooks/site.yml: red once, green from then on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playing import Played, Player, account, person, seed, written
from sandbox import Sandbox

NAMES = (
    "used.elsewhere", "invited.person", "kept.inactive", "word.blocked", "new.name", "two.subs", "badly.mapped", "same.address",
    "other.address", "nobody.knows", "not.in", "odd.rule", "other.domain", "bob.oneill",
)  # fmt: skip
HELD = ("kept.inactive", "word.blocked", "two.subs", "nobody.knows", "not.in", "odd.rule", "bob.oneill")
POLICY: dict[str, Any] = {
    "scope_groups": ["zoom-users@example.com"],
    "attribute_mapping_prune": True,
    "attribute_mapping_max_renames": 5,
    "attribute_mapping_attributes": {
        "userName": "orgUnitPath == '/Same' && 'same@example.com' || orgUnitPath == '/Other' && 'p@example.net' || primaryEmail",
        "name.familyName": "name.familyName",
        "department": "orgUnitPath == '/Mapped' && join('-', name.givenName) || ''",
    },
    "license_defaults_rules": [
        {"users": ["two.subs@example.com"], "license": "licensed"},
        {"users": ["odd.rule@example.com"], "where": "contains(`5`, name.familyName)", "license": "licensed"},
    ],
    "group_mapping_groups": [
        {"name": "Clash", "users": ["bob.oneill@example.com"]},
        {"name": "Team", "users": ["not.in@example.com"]},
    ],
}
UNITS = {"same.address": "/Same", "other.address": "/Same", "badly.mapped": "/Mapped", "other.domain": "/Other"}
REFUSED = {
    "used.elsewhere": ("create", "address_in_use"),
    "kept.inactive": ("reactivate", "force_inactive"),
    "word.blocked": ("update", "name"),
    "new.name": ("rename", "address_in_use"),
    "nobody.knows": ("update", "refused_400_77"),
    "two.subs": ("license", "subscriptions"),
    "not.in": ("add", "locked"),
}
GROUPS = {"not.in": "Team"}  # whose only newcomer it is
FAILED_BEFORE = {("badly.mapped", "attributes"), ("same.address", "duplicate"), ("other.address", "duplicate"), ("odd.rule", "where")}
BEHIND = ("waits", "not_tried")  # what comes after something that stands is said by night: it waits, or was not tried
ATTENTION = {("invited.person", "pending"), ("p@example.net", "foreign_domain")}


def company(player: Player) -> Sandbox:
    people = [person(name, org_unit=UNITS.get(name, "/")) for name in NAMES]
    more: dict[str, dict[str, Any]] = {
        "kept.inactive": {"status": "inactive", "force_inactive": True},
        "word.blocked": {"last_name": "Former"},
        "nobody.knows": {"last_name": "Former"},
    }
    accounts = [account(name, **more.get(name, {})) for name in HELD]
    accounts += [account("invited.person", status="pending"), account("former.name", first_name="New", last_name="Name")]
    given = seed(people, {"zoom-users": ["admin", *NAMES]}, accounts)
    given["google"]["org_units"] = sorted(set(UNITS.values()))
    given["zoom"].update(foreign_logins=["used.elsewhere@example.com", "new.name@example.com"], blocked_words=["Blocked"])
    given["zoom"]["groups"] = [{"name": "Team"}]
    box = player.start(given, multiple_subscriptions=True, rate_limits=False)
    box.google.add_alias("new.name@example.com", "former.name@example.com")
    ids = {user["email"]: user["id"] for user in box.zoom.state()["users"]}
    unknown, locked = {"code": 77, "message": "The stars are not right."}, {"code": 300, "message": "User is inactive or locked."}
    clash = {"code": 4132, "message": 'The group name "Clash" is already in use.'}
    box.faults.add(method="PUT", path=f"/scim2/Users/{ids['nobody.knows@example.com']}", status=400, body=unknown, times=None)
    box.faults.add(method="POST", path="/v2/groups/[^/]+/members", status=400, body=locked, times=None)
    box.faults.add(method="POST", path="/v2/groups", status=409, body=clash, times=None)
    return box


def rows(played: Played, name: str) -> list[dict[str, Any]]:
    writing = ("zoom_scim_users", "zoom_license_default", "zoom_groups")
    return [row for module in writing for result in played.results(module) for row in result.get(name) or []]


def standing(played: Played) -> dict[tuple[str, str, str], str]:
    """What needs attention and stands: whom, why, which change -> since when."""
    found = {(row["email"], row["reason"], row.get("action", "")): row.get("since", "") for row in rows(played, "attention")}
    others = ("unique_id_not_ours", "portal_default", "saml_mapping", *BEHIND)
    return {key: since for key, since in found.items() if key[1] not in others}


def test_each_standing_condition_fails_the_first_night_alone(player: Player) -> None:
    box = company(player)
    first = player.play(box, POLICY)
    refused = {(GROUPS.get(name, f"{name}@example.com"), action) for name, (action, _code) in REFUSED.items()} | {("Clash", "create_group")}
    failed = {(f"{name}@example.com", reason) for name, reason in FAILED_BEFORE}
    assert first.status != 0
    assert {(row["email"], row["reason"]) for row in rows(first, "failed_items")} == refused | failed, first.output

    box.ledger.clear()
    preview = player.play(box, POLICY, "--check", "--diff")
    second = player.play(box, POLICY)
    assert (preview.status, second.status) == (0, 0), second.output
    assert "failed=0" in second.output
    assert (written(box), second.changed) == (Counter(), 0), second.output
    assert rows(second, "failed_items") + rows(second, "withheld") == []
    found = standing(second)
    assert standing(preview) == found
    wanted = {(f"{name}@example.com", code, action) for name, (action, code) in REFUSED.items()} | {("Clash", "group_name", "create_group")}
    wanted |= {(f"{name}@example.com", reason, "") for name, reason in FAILED_BEFORE}
    wanted |= {(name if "@" in name else f"{name}@example.com", reason, "") for name, reason in ATTENTION}
    assert wanted <= found.keys()
    assert all(found.values()), "each says since when"

    box.ledger.clear()
    third = player.play(box, {**POLICY, "provisioning_retry_refused_after": 0})
    assert third.status == 0, third.output
    once = Counter({"create": 1, "status": 1, "update": 2, "rename": 1, "license": 1, "add": 1, "create_group": 1})
    assert (written(box), third.changed) == (once, 0)
    assert standing(third) == found
    assert [{row["reason"] for row in rows(run, "attention")} & {*BEHIND} for run in (second, third)] == [{"waits"}, {"not_tried"}]
