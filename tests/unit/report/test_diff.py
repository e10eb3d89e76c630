# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff: removals first and whole, with what is done and why, and a new account in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Creation, GoogleMember
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._diff import FULL, SHORT, diffs


def change(action: str, email: str, reason: str = "in scope", **more: Any) -> Change:
    return Change(action, email, reason, Account(id=email, email=email, status="active"), **more)


def leaver(email: str, reason: str = "out_of_scope") -> Change:
    return change("deactivate", email, reason, after={"status": "inactive"}, removal="deactivation")


def new(email: str) -> Change:
    after = {"email": email, "first_name": "Ada", "last_name": "Byron", "department": "Sales"}
    return change("create", email, "in scope through zoom-users@example.com", after=after, data=Creation({}, None))


def test_removals_come_first_and_none_is_left_out_for_others() -> None:
    updates = [change("update", f"a{place:04}@x.com", after={"department": "Sales"}) for place in range(500)]
    shown = diffs([*updates, *[leaver(f"z{place:04}@x.com") for place in range(554)]], 200)
    assert [entry["after_header"] for entry in shown[:554]] == [f"z{place:04}@x.com" for place in range(554)]
    assert len(shown) == 554 + 200 + 1
    assert shown[-1]["after"] == "300 of 1,054 are not shown here; in all: deactivate 554, update 500\n"


def test_where_removals_have_a_limit_the_summary_says_how_many_are_not_shown() -> None:
    shown = diffs([leaver(f"z{place:04}@x.com") for place in range(554)], 200, SHORT, 300)
    assert len(shown) == 301
    assert shown[-1]["after"].endswith("; 254 of those that are not shown lose something\n")


def test_an_entry_says_what_is_done_why_and_whether_it_is_drift() -> None:
    plain, drifted = diffs([leaver("a@x.com"), leaver("b@x.com", "drift: status changed in Zoom since the last run (out_of_scope)")], 200)
    assert plain["before_header"] == "a@x.com: deactivate (out of scope)"
    assert drifted["before_header"] == "b@x.com: deactivate (drift: status changed in Zoom since the last run; out of scope)"
    assert (plain["before"], plain["after"]) == ("status: active\n", "status: inactive\n")


def test_a_new_account_is_one_line_unless_each_field_is_asked_for() -> None:
    (short,) = diffs([new("a@x.com")], 200, SHORT)
    line = "+ a@x.com: create (in scope through zoom-users@example.com): Ada Byron, Sales\n"
    assert short == {"before_header": "a@x.com", "prepared": line}
    (full,) = diffs([new("a@x.com")], 200, FULL)
    assert full["after"] == "department: Sales\nemail: a@x.com\nfirst_name: Ada\nlast_name: Byron\n"


def test_no_text_of_others_makes_a_second_line() -> None:
    (short,) = diffs([new("a\n\x1b[2J@x.com")], 200, SHORT)
    assert short["prepared"].count("\n") == 1 and "\x1b" not in short["prepared"]


def test_the_reasons_of_an_entry_are_few_and_each_stands_once() -> None:
    undone = [
        change("google_update", "g@x.com", "undo: description", group="g@x.com"),
        change("google_settings", "g@x.com", "undo: whoCanJoin", group="g@x.com"),
        change("google_add", "a@x.com", "undo", group="g@x.com", data=GoogleMember("a@x.com", "MEMBER")),
    ]
    (entry,) = diffs(undone, 200)
    assert entry["before_header"] == "g@x.com: update group, set access settings, add members (undo)"
    reasons = [f"drift: p{place}@x.com was put into the group in Google since the last run" for place in range(500)]
    members = [change("google_remove", f"p{place}@x.com", reason, group="g@x.com") for place, reason in enumerate(reasons)]
    (entry,) = diffs([replace(each, data=GoogleMember(each.email, "")) for each in members], 200)
    assert entry["before_header"].endswith(", and for 497 more reasons")
    assert len(entry["before_header"]) < 400
    update = change("update", "a@x.com", "changed: department")
    (entry,) = diffs([update, replace(update, action="downgrade", reason="default: basic", removal="license")], 200)
    assert entry["before_header"] == "a@x.com: update (changed: department), take licence away (the default licence is basic)"
