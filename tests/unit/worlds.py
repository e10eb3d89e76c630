# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random worlds for properties of planners: small, so that people and accounts often want the same address, seat or group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account, unread_account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import Entry
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import UNSURE_LIMIT, Person, unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import GAINS, REMOVALS, parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._part import WHOLE, Part
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import parse_protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import parse_deprovision
from hypothesis import strategies as st

NAMES = ["ada", "bob", "eve", "kim", "may"]
ADDRESSES = [f"{name}@x.com" for name in NAMES]
GOOGLE_GROUPS = ["all@x.com", "sales@x.com"]
GROUPS = {"g1": "Sales", "g2": "Everybody", "g3": "Old Sales"}
LICENSES: list[Any] = ["basic", "unassigned", "licensed", {"zoom_one_type": 16}, {"plan_united_type": "1"}]
HELD: list[dict[str, Any]] = [
    {"type": 1},
    {"type": 4},
    {"type": 2, "zoom_one_type": 0},
    {"type": 2, "zoom_one_type": 16},
    {"type": 2, "zoom_one_type": 16, "bundle_seen": "2026-01-01T00:00:00+00:00", "recalled": True},
    {"type": 2, "zoom_one_type": 0, "plan_united_type": "1"},
    {"type": 2},
    {"type": None},
]
LONG_AGO, BEFORE, LATER = "2015-01-01T00:00:00.000Z", "2020-05-05T08:00:00Z", "2026-01-01T00:00:00.500Z"

names, addresses, times = st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.sampled_from([LONG_AGO, BEFORE, LATER, ""])
some_addresses = st.lists(addresses, max_size=2)


def _person(key: str, name: str, **more: Any) -> Person:
    fields = {"name": {"givenName": name.title(), "familyName": "Byron"}, "notes": name}
    return Person(f"id-{key}", **{**more, "fields": fields})


def _account(key: str, name: str, license: dict[str, Any], email: str = "", **more: Any) -> Account:
    names = {"first_name": name.title(), "last_name": "Byron", "display_name": f"{name.title()} Byron"}
    return Account("" if more["status"] == "pending" else f"z-{key}", email or f"{key}@x.com", **{**names, **license, **more})


people_rows = st.lists(
    st.builds(
        _person,
        names,
        names,
        email=addresses,
        aliases=some_addresses,
        domain_aliases=some_addresses,
        state=st.sampled_from(["active", "active", "active", "suspended", "archived", "deleted"]),
        in_scope=st.sampled_from([True, True, False]),
        via=st.sampled_from(["", "all@x.com"]),
        excluded=st.sampled_from(["", "", "", "listed"]),
        groups=st.lists(st.sampled_from(GOOGLE_GROUPS), unique=True),
        confirmed=st.sampled_from([True, False, None]),
        unsure=st.sampled_from(["", "", UNSURE_LIMIT, "all@x.com"]),
        created=times,
    )
    | st.builds(lambda key, email, aliases: unread_person(f"id-{key}", email, aliases), names, addresses, some_addresses),
    max_size=5,
    unique_by=lambda person: person.id,
)
accounts = st.lists(
    st.builds(
        _account,
        names,
        names,
        st.sampled_from(HELD),
        status=st.sampled_from(["active", "active", "active", "inactive", "pending"]),
        role_id=st.sampled_from(["2", "2", "1", "r-42", None]),
        created=times,
        employee_unique_id=st.sampled_from(["", "", "id-ada", "id-bob", "hr-7", "1" * 21]),
        group_ids=st.lists(st.sampled_from(sorted(GROUPS)), unique=True),
        held=st.sampled_from([None, None, None, "license"]),
        room=st.sampled_from([False, False, True]),
        fixed=st.sampled_from([(), ["display_name"]]),
        person_id=st.sampled_from(["", "", "", "id-ada", "id-eve"]),
        remembered=st.sampled_from(["", "", "id-ada", "id-bob", "id-gone"]),
        drifted=st.sampled_from([(), ["license", "group g1"], ["email"]]),
    )
    | st.builds(lambda name: unread_account(f"z-{name}", f"{name}@x.com"), names),
    max_size=5,
    unique_by=lambda account: account.email,
)
people = st.builds(
    People,
    people_rows,
    whole=st.booleans(),
    absent=st.frozensets(addresses),
    confirm_limit=st.just(3),
    doubtful=st.sampled_from([[], [], [], ["the list of people moved while it was read"]]),
)
_numbers = st.integers(0, 3)
_pool = st.fixed_dictionaries({}, optional={"bought": _numbers, "used": _numbers, "pending": _numbers, "full": st.just(1)})
tenants = st.builds(
    Tenant,
    st.just("t"),
    accounts,
    groups=st.sampled_from([None, GROUPS, GROUPS, {"g1": "Sales"}]),
    seats=st.dictionaries(st.sampled_from(["licensed", "zoom_one_type:16", "plan_united_type:1", "basic", "unassigned"]), _pool),
    base_plan=st.sampled_from([None, None, 16]),
    set_aside=st.sampled_from([[], [], [{"kind": "group", "email": "Sales", "id": "", "what": "Zoom's group list", "why": "no id"}]]),
    doubtful=st.sampled_from([[], [], [], ["the list of accounts moved while it was read"]]),
    gone=st.lists(addresses, unique=True),
    completed=st.sampled_from(["", LATER]),
    rest=st.booleans(),
    domains=st.sampled_from([None, frozenset({"x.com"}), frozenset({"y.com"})]),
)


def _matching(identity: bool, adopt: Any, remember: bool, partial: bool) -> Matching:
    return replace(parse_matching({"identity": identity, "adopt": adopt, "remember": remember}), partial=partial)


_adopted = st.just("all") | st.dictionaries(addresses, addresses | st.just(""), max_size=2)
matchings = st.builds(_matching, st.booleans(), _adopted, st.booleans(), st.booleans())
license_policies = st.fixed_dictionaries(
    {
        "default": st.sampled_from([None, *LICENSES]),
        "fallback": st.sampled_from(LICENSES),
        "reserve": st.integers(0, 1),
        "rules": st.lists(
            st.fixed_dictionaries(
                {"groups": st.sampled_from(GOOGLE_GROUPS).map(lambda group: [group]), "license": st.sampled_from(LICENSES)}
            )
            | st.just({"where": "length(name) > `1`", "license": "licensed"})
            | st.just({"where": "length(notes) > `3` || length(suspended)", "license": "licensed"}),
            max_size=2,
        ),
    },
    optional={"reclaim_after_days": st.just(90), "reclaim": st.sampled_from(["take", "report"])},
)
limits = st.sampled_from(["100%", "10%", "0", "1"])
protected = st.fixed_dictionaries({}, optional={"users": some_addresses, "roles": st.just(["r-42"])})
group_specs = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["sales", "Everybody", "New"])},
        optional={"exclusive": st.booleans(), "previous_names": st.just(["Old Sales", "Everyone"]), "users": some_addresses},
    ).flatmap(
        lambda spec: st.sampled_from(
            [{**spec, "groups": GOOGLE_GROUPS[:1]}, {**spec, "where": "length(suspended)"}, {"name": spec["name"], "state": "absent"}]
        )
    ),
    max_size=3,
    unique_by=(lambda spec: spec["name"], lambda spec: bool(spec.get("previous_names")) or spec["name"]),
)
_fields = st.sampled_from(
    [
        ("update", {"first_name": "Ada"}, {"first_name": "Bob"}),
        ("update", {"department": ""}, {"department": "Sales"}),
        ("rename", {"email": "kim@x.com"}, {"email": "ada@x.com"}),
        ("rename", {"email": "ada@x.com"}, {"email": "bob@x.com"}),
        ("license", {"type": 1}, {"type": 2}),
        ("downgrade", {"type": 2, "zoom_one_type": 16}, {"type": 1, "zoom_one_type": None}),
        ("deactivate", {"status": "active"}, {"status": "inactive"}),
        ("reactivate", {"status": "inactive"}, {"status": "active"}),
        ("create", {}, {"status": "active"}),
        ("delete", {"status": "active"}, {"status": "deleted"}),
    ]
)


def _of_account(name: str, told: tuple[str, dict[str, Any], dict[str, Any]]) -> Entry:
    action, before, after = told
    return Entry(f"{action} {name}", action, f"{name}@x.com", f"z-{name}", before, after, ok=True)


def _of_group(action: str, group: str, who: list[str]) -> Entry:
    members = [{"id": f"z-{name}", "email": f"{name}@x.com"} for name in who]
    return Entry(action, action, "", group=GROUPS[group], group_id=group, members=members, ok=True)


entries = st.lists(
    st.builds(_of_account, names, _fields)
    | st.builds(
        _of_group,
        st.sampled_from(["add", "remove", "create_group", "rename_group"]),
        st.sampled_from(sorted(GROUPS)),
        st.lists(names, unique=True),
    ),
    max_size=6,
)


def limits_at(text: str) -> dict[str, Any]:
    return {kind: parse_limit(text, f"max_{kind}") for kind in (*REMOVALS, *GAINS)}


_offboarding_actions = st.sampled_from(["deactivate", "downgrade", "disassociate", "delete", "report", "ignore"])
_ATTRIBUTES: list[dict[str, str]] = [
    DEFAULT_ATTRIBUTES,
    {**DEFAULT_ATTRIBUTES, "title": "notes"},
    {**DEFAULT_ATTRIBUTES, "userName": "nonEditableAliases[0]"},
    {"userName": "aliases[0] || primaryEmail", "displayName": "name.givenName"},
]
account_policies = st.builds(
    lambda attributes, prune, actions, limit, protected, licenses, takes, **more: AccountPolicy(
        parse_attributes(attributes, "attributes"),
        parse_deprovision(prune, actions, "deprovision"),
        limits_at(limit),
        parse_protection(protected, "protected"),
        parse_policy(licenses, "") if licenses is not None else None,
        taking=LicenseTerms(parse_policy(licenses, ""), parse_limit(limit, "max"), part=takes) if licenses and takes else None,
        **more,
    ),
    st.sampled_from(_ATTRIBUTES),
    st.sampled_from([True, True, None, False]),
    st.dictionaries(st.sampled_from(["suspended", "archived", "deleted", "out_of_scope", "unknown"]), _offboarding_actions),
    limits,
    protected,
    st.none() | license_policies,
    st.sampled_from([None, WHOLE, Part(leave_removals=True)]),
    reactivate=st.booleans(),
    allow_losses=st.booleans(),
    allow_gains=st.booleans(),
    anchor=st.booleans(),
    shown=st.sampled_from([{}, {"z-ada": {"title": "Deputy"}}]),
)
