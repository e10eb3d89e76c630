# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds: a small company on both sides, a policy for it, and how its APIs behave where the sources are silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

DOMAIN = "example.com"
ELSEWHERE = "partner.example"  # Google's too, but not managed in Zoom
SECOND = "example.org"  # of the same customer, and managed in Zoom
ALIASED = "example.net"  # a domain alias, where a world has one
FOREIGN = "crew@company.example"  # a group of another customer, which can't be read
GMAIL = "gues.tone@gmail.com"
SCOPE, TEAM, MANAGERS, OUT = (f"{name}@{DOMAIN}" for name in ("zoom-users", "team", "managers", "out"))
LAB, TEMPS, GONE = "/Staff/Lab", "/Temps", "/Gone"
BUNDLE = 16  # Zoom Workplace Business Plus
# addresses and names as they come: letter case, +, an apostrophe, accents apart, blanks, Chinese, people of one name (two halves in Google)
PEOPLE = {
    "ada.byron": ("Ada", "Byron"),
    "bob.o'neill": ("Bob", "O'Neill"),
    "cleo+demo": ("Cleo", "Demo"),
    "Dan.Lee": ("Dan", "Lee"),
    "eve.moss": ("Eve", "Moss"),
    "finn": ("Finn", "\u200b"),
    "gus.ray": ("Gus", "Ray"),
    "hal.kim": ("Ha\u0301l", "Kim  Lee "),
    "ivy.stone": ("\u6f22" * 6, "\u5b57" * 6),
    "jo.marsh": ("Jo", "Marsh"),
}
STRANGERS = ("stranger.one", "stranger.two")
# What Zoom and Google may do either way; the client promises to hold whatever it is.
SWITCHES: list[dict[str, Any]] = [
    {"duplicate_create": 409},
    {"foreign_domain_create": "pending"},
    {"create_over_pending": 409},
    {"missing_user_type": "default"},
    {"put_active_on_inactive": "honoured"},
    {"put_groups": "add"},
    {"employee_number_in_list": "apart"},
    {"empty_string_in_put": "clears"},
    {"user_schemas": "core"},
    {"get_roles_shape": "object"},
    {"status_put": 204},
    {"plans_usage": "forbidden"},
    {"plans_usage": "array"},
    {"plan_names": "premier"},
    {"plan_names": "education"},
    {"plan_names": "unknown"},
    {"no_united": "none"},
    {"no_united": "0"},
    {"basic_full": 3412},
    {"saml_unique_id": "email"},
    {"saml_unique_id": "number"},
    {"scim_unknown_address": 404},
    {"scim_unknown_address": 400},
    {"paid_only_refusal": 200},
    {"filter_letter_case": "exact"},
    {"page_size": 3},
    {"collaboration_create": "refused"},
    {"put_display_name": "ignored"},
    {"create_answer": "pending"},
    {"create_answer": "no_id"},
    {"create_answer": "missing"},
    {"create_answer": "other_type"},
    {"fourth_email_change": 400},
    {"remove_absent_member": 400},
    {"multiple_subscriptions": True},
    {"normalise_names": "normalised"},
    {"chinese_display_name": "refused"},
    {"license_reassignment_limit": 2},
    {"saml_mapping": "basic"},
    {"google_page_size": 3},
    {"google_delete_status": 200},
    {"google_cycle_error": "allowed"},
    {"google_search_lag": "never"},
    {"google_roles_mislabelled": True},
    {"total_records_extra": 1},
    *({"odd_rows": odd} for odd in ("no_email", "empty_email", "no_id", "wrong_type", "member_without_id", "group_without_id")),
    *({"google_odd_rows": odd} for odd in ("no_email", "no_id", "wrong_type", "member_without_keys")),
    *({"token_trouble": status} for status in (429, 502)),
    {"google_foreign_group": 404},
    {"google_gmail_forms": "unknown"},
    {"google_page_defect": "shifted", "google_page_size": 4},
]  # fmt: skip
QUIET = {"rate_limits": False, "google_quota": None}


@dataclass(frozen=True)
class World:
    """`seed` and `switches` as the sandbox takes them; `policy`: the roles' variables that the machine passes on."""

    seed: dict[str, Any]
    policy: dict[str, Any]
    switches: dict[str, Any]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """As a person would tell it."""
        google, zoom = self.seed["google"], self.seed["zoom"]
        lines = ["Google:"]
        lines += [f"  {_row(user, 'email')}" for user in google["users"]]
        lines += [f"  group {group['email']}: {', '.join(group['members']) or 'nobody'}" for group in google["groups"]]
        lines += ["Zoom:", f"  seats {zoom['seats']}"]
        lines += [f"  {_row(user, 'email')}" for user in zoom["users"]]
        lines += ["Policy:", *(f"  {name}: {value}" for name, value in self.policy.items())]
        return [*lines, f"Switches: {self.switches or 'as usual'}"]


def _row(row: dict[str, Any], first: str) -> str:
    rest = ", ".join(f"{name} {value!r}" for name, value in row.items() if name != first)
    return f"{row[first]}: {rest}"


RARE = st.sampled_from([False] * 7 + [True])
ACCOUNT = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["active"] * 6 + ["inactive", "pending"]),
        "license": st.sampled_from(["basic", "basic", "licensed", "unassigned"]),
        "role": st.sampled_from(["member"] * 9 + ["admin"]),
        "drift": st.sampled_from(["", "", "", "name", "case", "alias", "domain alias"]),
        "groups": st.sampled_from([[], [], ["Managers"], ["Others"]]),
    }
)
TRAITS = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["active"] * 5 + ["suspended", "archived", "deleted"]),
        "groups": st.sampled_from([[SCOPE], [SCOPE], [TEAM], [MANAGERS, SCOPE], [MANAGERS, TEAM], [OUT, SCOPE], [MANAGERS], []]),
        "org_unit": st.sampled_from(["/", "/", LAB, TEMPS]),
        "alias": RARE,
        "department": st.sampled_from(["", "Sales"]),
        "account": st.none() | ACCOUNT | ACCOUNT,
    }
)
LIMIT = st.sampled_from(["100%"] * 5 + ["10%", "0", "1", "2"])
GAINS_LIMIT = st.sampled_from(["25%"] * 5 + ["0", "1", "2"])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    names = draw(st.lists(st.sampled_from(list(PEOPLE)), min_size=4, max_size=8, unique=True))
    people = {name: draw(TRAITS) for name in names}
    strangers = {name: draw(ACCOUNT) for name in STRANGERS[: draw(st.integers(0, 2))]}
    free, aliased = draw(st.sampled_from([0, 1, 50])), draw(st.booleans())
    seed = _seed(people, strangers, free, aliased=aliased)
    if draw(RARE):
        seed["zoom"]["seats"].update({kind: _used(seed, kind) + draw(st.integers(0, 2)) for kind in ("basic", "unassigned")})
    if draw(RARE):
        room = {"email": f"room@{DOMAIN}", "first_name": "Room", "last_name": "One", "room": True, "license": "basic"}
        seed["zoom"]["users"].append(room)
    policy, chosen = draw(policies(list(names), aliased=aliased)), draw(switches())
    if policy.get("scope_group"):  # its members change within a run, and with them whom the lists skip
        chosen = {name: value for name, value in chosen.items() if value != "shifted"}
    return World(seed, policy, chosen)


@st.composite
def switches(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in draw(st.lists(st.sampled_from(SWITCHES), max_size=2)):
        found.update(one)
    return found


@st.composite
def policies(draw: st.DrawFn, names: list[str], *, aliased: bool = False) -> dict[str, Any]:
    """Variables of the roles, as an administrator may have set them."""
    license = st.sampled_from(["basic", "licensed", None, "unassigned"])
    listed = [f"{name}@{domain}" for name in names[:2] for domain in (DOMAIN, *([ALIASED] if aliased else []))]
    policy: dict[str, Any] = {
        "scope_groups": [SCOPE],
        "scope_org_units": draw(st.sampled_from([[], [TEMPS]])),
        "scope_users": draw(st.sampled_from([[]] * 6 + [[address] for address in listed])),
        "confirm_limit": draw(st.sampled_from([200, 200, 0])),
        "ignore_unreadable": draw(st.sampled_from([[], [FOREIGN]])),
        "scope_exclude_groups": [OUT],
        "scope_exclude_org_units": draw(st.sampled_from([[], [LAB]])),
        "scope_exclude_users": [],
        "identity": draw(st.sampled_from([None, None, "employeeNumber"])),
        "prune": draw(st.sampled_from([True] * 8 + [None, False])),
        "deprovision": draw(st.fixed_dictionaries({}, optional={
            "suspended": st.sampled_from(["report", "ignore", "downgrade"]),
            "deleted": st.sampled_from(["delete", "report"]),
            "out_of_scope": st.sampled_from(["delete", "report", "downgrade"]),
            "unknown": st.sampled_from(["deactivate", "delete", "ignore"]),
        })),
        "protected": draw(st.sampled_from([{}, {}, {"users": [f"{names[0]}@{DOMAIN}"]}, {"users": [f"alias.{names[0]}@{DOMAIN}"]},
                                          {"users": listed[-1:]}])),
        "reactivate": draw(st.sampled_from([True] * 7 + [False])),
        "max_deactivations": draw(LIMIT),
        "max_leavers": draw(LIMIT),
        "max_renames": draw(LIMIT),
        "max_updates": draw(GAINS_LIMIT),
        "max_creations": draw(GAINS_LIMIT),
        "default": draw(license),
        "rules": [{"groups": [MANAGERS], "license": draw(st.sampled_from(["licensed", {"zoom_one_type": BUNDLE}]))}],
        "fallback": "basic",
        "reserve": draw(st.sampled_from([0, 0, 1])),
        "license_max_removals": draw(LIMIT),
        "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": draw(st.booleans())}],
        "group_max_removals": draw(LIMIT),
    }  # fmt: skip
    if draw(st.booleans()):
        policy["rules"].append({"org_units": [LAB], "license": "licensed"})
        policy["groups"].append({"name": "Lab", "org_units": [LAB]})
    if draw(RARE | RARE):
        policy.update(
            scope_group=SCOPE,
            scope_group_members=[f"{name}@{DOMAIN}" for name in names[:3]] + [TEAM] + draw(st.sampled_from([[], [], [GMAIL]])),
            scope_group_exclusive=draw(st.booleans()),
            scope_max_removals=draw(st.sampled_from([0, 1, 10])),
        )
        policy["scope_groups"] = []
    return policy


def _seed(people: dict[str, Any], strangers: dict[str, Any], free: int, *, aliased: bool) -> dict[str, Any]:
    users, members = [{"email": f"admin@{DOMAIN}", "given": "Admin", "family": "Istrator", "admin": True}], {
        group: list[str]() for group in (SCOPE, TEAM, MANAGERS, OUT)
    }  # fmt: skip
    accounts = [{"email": f"admin@{DOMAIN}", "first_name": "Admin", "last_name": "Istrator", "role": "owner", "license": "licensed"}]
    members[SCOPE] += [f"admin@{DOMAIN}", TEAM]
    for name, traits in people.items():
        users.append(_person(name, traits))
        for group in traits["groups"] if traits["state"] != "deleted" else ():
            members[group].append(f"{name}@{DOMAIN}")
        if traits["account"]:
            accounts.append(_account(name, traits["account"], {**traits, "aliased": aliased}))
    accounts += [_account(name, held, {"alias": False, "department": ""}) for name, held in strangers.items()]
    paid = sum(row["license"] == "licensed" and row.get("status") in ("active", "pending", None) for row in accounts)
    groups = [*({"email": group, "members": rows} for group, rows in members.items()), {"email": FOREIGN, "members": []}]
    return {
        "google": {
            "customer": "C03az79cb", "domains": [DOMAIN, ELSEWHERE, SECOND],
            "domain_aliases": {ALIASED: DOMAIN} if aliased else {}, "admin": f"admin@{DOMAIN}", "org_units": [LAB, TEMPS, GONE],
            "users": users, "groups": groups,
        },
        "zoom": {
            "plan": "business", "managed_domains": [DOMAIN, SECOND], "users": accounts,
            "groups": [{"name": "Managers"}, {"name": "Others"}],
            "seats": {"licensed": paid + free, "basic": 9999, "zoom_one_type": {BUNDLE: free}},
        },
    }  # fmt: skip


def _used(seed: dict[str, Any], kind: str) -> int:
    rows = seed["zoom"]["users"]
    return sum(row["license"] == kind and row.get("status") in ("active", "pending", None) for row in rows)


def _person(name: str, traits: dict[str, Any]) -> dict[str, Any]:
    given, family = PEOPLE[name]
    row: dict[str, Any] = {"email": f"{name}@{DOMAIN}", "given": given, "family": family, "org_unit": traits["org_unit"]}
    row["created"] = "400 days ago"
    if traits["department"]:
        row["department"] = traits["department"]
    if traits["alias"]:
        row["aliases"] = [f"alias.{name}@{DOMAIN}"]
    if traits["state"] == "deleted":
        row["deleted"] = "3 days ago"
    elif traits["state"] != "active":
        row[traits["state"]] = True
    return row


def _account(name: str, held: dict[str, Any], traits: dict[str, Any]) -> dict[str, Any]:
    given, family = PEOPLE.get(name, ("Stranger", "Danger"))
    drift, family = held["drift"], given if family == "\u200b" else family
    row = {"email": f"{name}@{DOMAIN}", "status": held["status"], "license": held["license"], "role": held["role"]}
    row.update(first_name=given, last_name=family, display_name=f"{given} {family}", department=traits["department"])
    row.update(created="2026-01-15T08:00:00Z", groups=held["groups"])
    if drift == "name":
        row["last_name"] = "Former"
    elif drift == "case":
        row["email"] = row["email"].upper()
    elif drift == "alias" and traits["alias"]:
        row["email"] = f"alias.{name}@{DOMAIN}"
    elif drift == "domain alias" and traits.get("aliased"):
        row["email"] = f"{name}@{ALIASED}"
    if held["status"] == "pending":
        row.update(role="member", groups=[])
    return row
