# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan document: by its published schema, bounded where comments are, and harmless whatever an account is called."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import save_rows
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _junit, _markdown
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import die
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._escape import harmless
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._length_limit import size
from hypothesis import given
from hypothesis import strategies as st
from plan_documents import SCHEMA, document, finding, result, row, tenant

FUSE = "5 accounts would be deactivated, more than the limit allows, so none was; check the plan, then raise the limit."


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\x0b", "\x1e"])
def test_a_name_that_holds_the_end_of_a_line_is_one_row_of_the_file_of_all_changes(tmp_path: Path, end: str) -> None:
    """The file was taken for torn, so the plan was incomplete for whoever had more changes than a result holds."""
    path, digest = str(tmp_path / "changes.jsonl"), "a" * 64
    rows = [row("a@x.com", before={"last_name": f"By{end}ron"}), row("b@x.com")]
    save_rows(path, digest, {"changes": rows}, "acc")
    told = {**result(rows[1], digest=digest), "changes_path": path}
    assert len(document(tenant(zoom_scim_users=told))["tenants"][0]["changes"]) == 2


def test_the_schema_is_a_schema_and_refuses_what_is_no_document() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    good = document(tenant(zoom_scim_users=result(row("a@x.com"))))
    for broken in ({**good, "outcome": "fine"}, {**good, "digest": "short"}, {**good, "more": 1}, {**good, "tenants": [{}]}):
        assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(broken))


def test_no_change_changes_and_problems_are_told_apart() -> None:
    assert document(tenant(zoom_scim_users=result()))["outcome"] == "no_change"
    assert document(tenant(zoom_scim_users=result(attention=[finding("a@x.com", "Look.")])))["outcome"] == "no_change"
    assert document(tenant(zoom_scim_users=result(row("a@x.com"))))["outcome"] == "changes"
    assert document(tenant(zoom_scim_users=result(row("a@x.com"), withheld=[finding("b@x.com", FUSE)])))["outcome"] == "problems"
    assert document(tenant(zoom_scim_users=result(failed_items=[finding("b@x.com", "Refused.")])))["outcome"] == "problems"
    assert document()["outcome"] == "problems"


def test_a_dead_run_is_a_tenant_that_failed_with_its_sentence_and_leaves_no_digest() -> None:
    dead = tenant("t2")
    die(dead, "Zoom refused the token;\ncheck client_id.", "workspace_zoom.provisioning.zoom_user_info")
    made = document(tenant(zoom_scim_users=result(row("a@x.com"))), dead)
    assert (made["outcome"], made["digest"], made["summary"]["tenants"]) == ("problems", None, 2)
    assert made["tenants"][1]["error"] == "Zoom refused the token; check client_id."
    assert "The run of t2 failed" in _markdown.render(made)
    suites = ElementTree.fromstring(_junit.render(made).encode())
    assert suites.find("testsuite[@name='t2']/testcase/error").attrib["message"].startswith("Zoom refused")  # type: ignore[union-attr]


def test_the_task_that_repeats_the_problems_is_no_further_error() -> None:
    told = tenant(zoom_scim_users=result(withheld=[finding("b@x.com", FUSE)]))
    die(told, FUSE, "ansible.builtin.fail")
    assert told.error is None
    die(told, "Something else.", "ansible.builtin.fail")
    assert told.error == "Something else."


def test_the_digest_of_all_tenants_is_of_their_plans_and_of_nothing_else() -> None:
    def made(name: str = "t1", **more: Any) -> Any:
        return document(tenant(name, zoom_scim_users=result(row("a@x.com"), **more)))["digest"]

    assert made() == made(attention=[finding("b@x.com", "Look.")])
    assert len({made(), made("t2"), made(digest="b" * 64)}) == 3
    silent = tenant(zoom_scim_users=result(row("a@x.com")), zoom_groups=result())
    assert document(silent)["digest"] == made(), "a phase without anything to do is as good as none"


def test_all_changes_come_from_the_file_that_the_result_names_and_from_no_other(tmp_path: Path) -> None:
    rows = [row(f"p{number:04}@x.com") for number in range(1500)]
    path = tmp_path / "accounts.jsonl"
    save_rows(str(path), "c" * 64, {"changes": rows})
    told = {**result(*rows[:100], digest="c" * 64), "changes_total": 1500, "changes_path": str(path)}
    whole = document(tenant(zoom_scim_users=told))["summary"]
    assert (whole["changes"], whole["left_out"]) == (1500, 0)
    stale = document(tenant(zoom_scim_users={**told, "digest": "d" * 64}))
    assert (stale["summary"]["changes"], stale["summary"]["left_out"], len(stale["tenants"][0]["changes"])) == (1500, 1400, 100)
    assert "1400 rows are counted" in _markdown.render(stale)
    path.write_text("{")
    assert document(tenant(zoom_scim_users=told))["summary"]["left_out"] == 1400


def test_members_of_groups_get_a_row_each() -> None:
    changes = [
        row("", "add", group="Sales", emails=["a@x.com", "b@x.com"], before={}, after={}),
        row("", "create_group", group="Sales", emails=[], before={}, after={}),
    ]
    made = document(tenant(zoom_groups=result(*changes)))
    assert made["tenants"][0]["kinds"] == {"zoom_groups.create_group": 1, "zoom_groups.add": 2}
    assert "| b@x.com | Sales |" in _markdown.render(made)


def test_what_was_blocked_or_failed_comes_first_then_removals_then_standing_conditions_then_gains() -> None:
    changes = [
        row("c@x.com", "create", before={}),
        row("d@x.com", "deactivate", before={"status": "active"}, after={"status": "inactive"}, loss=True),
        row("e@x.com", reason="drift: changed by hand", drift=True),
    ]
    lists = {"withheld": [finding("w@x.com", FUSE)], "failed_items": [finding("f@x.com", "f@x.com: refused; do this.")]}
    made = document(tenant(zoom_scim_users=result(*changes, **lists, attention=[finding("p@x.com", "p@x.com is pending; ask them.")])))
    text = _markdown.render(made, name="trial one")
    places = [
        text.index(part)
        for part in (
            "plan trial-one -->",
            "| t1 | 3 | 1 | 1 | 1 | 1 |",
            "### Blocked",
            "about w@x.com",
            "f@x.com",
            "d@x.com",
            "p@x.com",
            "c@x.com",
        )
    ]
    assert places == sorted(places)
    assert "| e@x.com | department: Sales | department: Design | drift: changed by hand |" in text


def test_a_rename_stands_among_the_removals() -> None:
    changes = [
        row("c@x.com", "create", before={}),
        row("r@x.com", "rename", before={"email": "old@x.com"}, after={"email": "r@x.com"}, loss=True),
    ]
    made = document(tenant(zoom_scim_users=result(*changes)))
    (entry,) = made["tenants"]
    assert ([line["action"] for line in entry["changes"]], entry["summary"]["losses"]) == (["rename", "create"], 1)
    assert list(entry["kinds"]) == ["accounts.rename", "accounts.create"]
    text = _markdown.render(made)
    assert "2 changes, 1 of them a removal" in text
    assert text.index("### Rename accounts") < text.index("### Create accounts")


def many(number: int) -> dict[str, Any]:
    changes = [row(f"person{place:05}@example.com", "create", before={}) for place in range(number)]
    held = [finding(f"held{place:05}@example.com", f"held{place:05}@example.com waits; ask them.") for place in range(number)]
    return document(tenant(zoom_scim_users=result(*changes, row("lost@x.com", "deactivate", loss=True), attention=held)))


@pytest.mark.parametrize("limit", [2_000, 20_000, 65_536])
def test_a_comment_keeps_within_its_limit_and_says_what_it_leaves_out(limit: int) -> None:
    text = _markdown.render(many(5000), limit=limit)
    assert limit * 0.8 < size(text) <= limit
    assert "5001 changes, 1 of them a removal" in text
    assert "lost@x.com" in text, "a removal is never cut for a gain"
    shown = text.count("| person") + text.count("- held")
    left_out = re.search(r"\*\*(\d+) rows are left out here\*\*", text)
    assert left_out and int(left_out.group(1)) + shown == 10_000
    assert text.count("<details>") == text.count("</details>")


def test_the_comment_says_by_what_somebody_is_excluded_and_the_document_keeps_the_reason() -> None:
    left = {"before": {"status": "active"}, "after": {"status": "inactive"}, "reason": "excluded", "loss": True}
    made = document(tenant(zoom_scim_users=result(row("g@x.com", "deactivate", **left, excluded="outside@x.com"))))
    assert [(each["reason"], each["excluded"]) for each in made["tenants"][0]["changes"]] == [("excluded", "outside@x.com")]
    assert "| excluded by the group outside@x.com |" in _markdown.render(made)


def leavers(number: int, gains: int) -> dict[str, Any]:
    left = {"before": {"status": "active"}, "after": {"status": "inactive"}, "reason": "out_of_scope", "loss": True}
    removals = [row(f"leaver{place:05}@example.com", "deactivate", **left) for place in range(number)]
    changes = [row(f"person{place:05}@example.com", "create", before={}) for place in range(gains)]
    standing = [finding(f"held{place:05}@example.com", f"held{place:05}@example.com waits; ask them.") for place in range(gains)]
    blocked = [finding(f"stuck{place:05}@example.com", f"stuck{place:05}@example.com is blocked; raise it.") for place in range(gains)]
    return document(
        tenant("t1", zoom_scim_users=result(*changes, attention=standing)),
        tenant("t2", zoom_scim_users=result(*removals, withheld=blocked)),
    )


@pytest.mark.parametrize("number", [300, 600])
def test_no_removal_is_cut_while_removals_alone_fit(number: int) -> None:
    text = _markdown.render(leavers(number, 5000))
    assert size(text) <= 65_536
    assert text.count("| leaver") == number
    assert "removals are not shown here" not in text
    assert "rows are left out here**" in text
    assert "<details>" not in text.partition("### Deactivate")[2].partition("### Needs attention")[0], "nobody has to open removals"


def test_removals_that_do_not_fit_are_counted_by_themselves_and_the_counts_stay() -> None:
    text = _markdown.render(leavers(2000, 5000), where="artifact `zoom-plan` of [this run](https://forge.example/runs/7)")
    shown = text.count("| leaver")
    assert 65_536 * 0.9 < size(text) <= 65_536
    assert (
        f"**{2000 - shown} of 2000 removals are not shown here**, as a comment holds no more; plan.json (artifact `zoom-plan` of "
        "[this run](https://forge.example/runs/7)) has all of them." in text
    )
    assert "| t2 | 2000 | 2000 | 0 | 5000 | 0 |" in text
    assert "stuck00000@example.com is blocked" in text


def test_what_is_left_out_is_said_to_be_only_where_it_is() -> None:
    """Without a word of the pipeline nobody knows whether plan.json was kept: the text speaks of the file that was written with it."""
    text = _markdown.render(leavers(0, 5000))
    assert "plan.json, which was written beside this text, has all of them." in text
    assert "plan.json (" not in text


def test_many_tenants_keep_within_the_limit_too() -> None:
    tenants = [tenant(f"tenant{number:03}", zoom_scim_users=result(row("a@x.com"), row("b@x.com", "create"))) for number in range(800)]
    text = _markdown.render(document(*tenants))
    assert size(text) <= 65_536
    assert "left out here" in text


HOSTILE = [
    "@everyone",
    "a|b",
    "<script>alert(1)</script>",
    "`x`",
    "--> <!--",
    "[x](https://evil.example)",
    "#12",
    "**b**",
    "x\n## y",
    "www.evil.example",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    safe = harmless(name)
    assert not re.search(r"[<>|`*\[\]\n]|https?://|www\.|-->", safe)
    seen = html.unescape(safe)
    assert not re.search(r"(?<![A-Za-z0-9])@\w|#\d", seen), "what is rendered mentions nobody"
    assert seen.replace("\u200b", "") == " ".join(name.split())
    made = document(
        tenant(name, zoom_scim_users=result(row(name, before={name: name}, after={"x": name}), failed_items=[finding(name, name)]))
    )
    text = _markdown.render(made, name=name, title=name)
    table = text.partition("### Update accounts (1)")[2].partition("Digest")[0].split("\n")
    assert [line.count("|") for line in table if line] == [5, 5, 5], "no name makes a cell"
    assert "<script" not in text
    assert text.count("<!--") == text.count("-->") == 2
    ElementTree.fromstring(_junit.render(made).encode())


@given(st.text() | st.text("_:0a &#@"))
def test_any_text_is_one_line_without_markup(text: str) -> None:
    """A line below is none between letters, a colon none between digits."""
    safe = harmless(text)
    assert not re.search(r"[<>|`*~\[\]\\\n\r$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!\d):\S|:[^\s\d]", safe)
    assert not re.search(r"(?<![A-Za-z0-9])@\w|[#!&]\d", html.unescape(safe))
    ElementTree.fromstring(_junit.render(document(tenant("t", zoom_scim_users=result(failed_items=[finding(text, text)])))).encode())


def test_junit_has_a_case_for_each_tenant_and_phase_and_fails_what_failed_or_was_withheld() -> None:
    made = document(
        tenant("t1", zoom_scim_users=result(row("a@x.com"), withheld=[finding("b@x.com", FUSE)] * 5), zoom_groups=result()),
        tenant("t2", zoom_license_default=result()),
    )
    root = ElementTree.fromstring(_junit.render(made).encode())
    cases = {(case.get("classname"), case.get("name")): case for case in root.iter("testcase")}
    assert set(cases) == {("t1", "Accounts"), ("t1", "Zoom groups"), ("t2", "Licences")}
    assert [name for name, case in cases.items() if case.find("failure") is not None] == [("t1", "Accounts")]
    assert cases[("t1", "Accounts")].find("failure").attrib["message"] == f"blocked: {FUSE}"  # type: ignore[union-attr]
    assert [suite.attrib["failures"] for suite in root] == ["1", "0"]


def test_a_real_run_says_that_it_was_made() -> None:
    assert "1 change made" in _markdown.render(document(tenant(zoom_scim_users=result(row("a@x.com"))), check_mode=False))


def test_what_was_refused_is_no_change() -> None:
    refused = {**row("a@x.com"), "changed": False}
    made = document(tenant(zoom_scim_users=result(refused, failed_items=[finding("a@x.com", "a@x.com: refused.")])), check_mode=False)
    assert made["summary"]["changes"] == 0
    assert "| a@x.com |" not in _markdown.render(made)
