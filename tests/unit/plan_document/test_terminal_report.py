# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed at the end of a run: removals and whose removal was blocked whole, each other sentence once, one line that closes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._brief import Brief
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, die, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._command import to_make, to_undo
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._findings import grouped
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._terminal import CLOSING, REMOVAL, About, render

LIMIT = "554 accounts would be deactivated; the limit is 10; check the plan, then raise attribute_mapping_max_deactivations."


def change(email: str, action: str = "update", **more: Any) -> dict[str, Any]:
    row = {"email": email, "action": action, "reason": "changed: department", "changed": True, "before": {}, "after": {}}
    return {**row, **more}


def leaver(email: str, **more: Any) -> dict[str, Any]:
    sides = {"before": {"status": "active"}, "after": {"status": "inactive"}}
    return change(email, "deactivate", **{"reason": "out_of_scope", "loss": True, **sides, **more})


def found(email: str, message: str, reason: str = "pending", **more: Any) -> dict[str, Any]:
    return {"email": email, "reason": reason, "message": message, **more}


@dataclass
class Run:
    tenant: Tenant
    preview: bool


def run(*changes: dict[str, Any], check_mode: bool = True, error: str = "", module: str = "zoom_scim_users", **lists: Any) -> Run:
    tenant = Tenant("halden", whole=False, brief=Brief())
    empty = {"failed_items": [], "withheld": [], "attention": [], "digest": "a" * 64}
    take(tenant, module, {"changes": list(changes), **empty, **lists})
    if error:
        die(tenant, error, "workspace_zoom.provisioning.zoom_groups")
    return Run(tenant, check_mode)


def text(made: Run, **more: Any) -> str:
    about = {"halden": About(**{"run_id": "r1", "next": "ansible-playbook site.yml", "files": "/state/plan.md", **more})}
    return "\n".join(block.text for block in render([made.tenant], about, preview=made.preview))


def people(number: int, name: str = "person") -> list[str]:
    return [f"{name}{place:05}@example.com" for place in range(number)]


def test_no_removal_is_cut_however_many_there_are() -> None:
    shown = text(run(*[leaver(name) for name in people(5000)], *[change(name, "create") for name in people(5000, "new")]))
    assert all(name in shown for name in people(5000))
    assert "new00000" not in shown
    assert "Removals that would be made (5,000)" in shown and "Deactivate accounts (5,000)" in shown


def test_a_removal_says_who_from_what_to_what_why_and_whether_it_undoes_what_was_done_by_hand() -> None:
    drifted = leaver("eve@example.com", reason="drift: status changed in Zoom since the last run (out_of_scope)", drift=True)
    seat = change("ada@example.com", "downgrade", loss=True, before={"license": "licensed"}, after={"license": "basic"}, reason="rule 2")
    gone = change("old@example.com", "delete", loss=True, before={"email": "old@example.com", "license": "licensed"}, reason="deleted")
    out = leaver("grace@example.com", reason="excluded", excluded="contractors@example.com")
    left = change("bob@example.com", "remove", loss=True, group="Sales", reason="not in sales@example.com")
    shown = text(run(leaver("bob@example.com"), drifted, seat, gone, out, left))
    lines = {" ".join(line.split()) for line in shown.split("\n")}
    assert "- bob@example.com active -> inactive out of scope" in lines
    assert any(line.startswith("- eve@example.com active -> inactive drift: status changed in Zoom") for line in lines)
    assert "- ada@example.com licensed -> basic rule 2" in lines
    assert "- grace@example.com active -> inactive excluded by the group contractors@example.com" in lines
    assert "- old@example.com license licensed -> none deleted in Google" in lines
    assert "- bob@example.com (Sales) not in sales@example.com" in lines


def test_whose_removal_a_limit_blocks_is_named_whole_below_the_sentence_that_stands_once() -> None:
    blocked = [found(name, LIMIT, "limit_deactivation", action="deactivate") for name in people(554)]
    shown = text(run(withheld=blocked))
    assert shown.count("the limit is 10") == 1
    assert "Blocked (554)" in shown and "554 in all: " in shown
    assert all(name in shown for name in people(554))


def test_of_creations_that_a_limit_blocks_five_are_named() -> None:
    blocked = [found(name, "900 accounts would be created; the limit is 20.", "limit_creation", action="create") for name in people(900)]
    shown = text(run(withheld=blocked))
    assert sum(name in shown for name in people(900)) == 5
    assert " and 895 more" in shown


def test_what_needs_attention_is_a_sentence_five_names_and_a_number() -> None:
    pending = [found(name, f"{name} has not accepted the invitation; ask them.") for name in people(800)]
    others = [found(name, f"{name} has an address in another domain; exclude them.", "foreign_domain") for name in people(870, "far")]
    shown = text(run(attention=[*pending, *others]))
    assert "Needs attention (1,670)" in shown
    assert shown.count("has not accepted") == 1
    assert "person00000@example.com has not accepted the invitation; ask them." in shown
    assert "The same for 799 more: person00001@example.com" in shown and " and 794 more" in shown
    assert len(shown.split("\n")) < 20


def test_one_sentence_about_several_stands_once_and_nobody_is_named_twice() -> None:
    names = people(9)
    sentence = f"9 changes ({', '.join(names[:5])} and 4 more) not made, because not in the approved plan: plan again."
    shown = text(run(withheld=[found(name, sentence, "blocked_in_plan", action="license") for name in names]))
    assert (shown.count("not made"), "for the same reason" in shown, "in all" in shown) == (1, False, False)
    assert "The others: " in shown
    assert [shown.count(name) for name in names] == [1] * 9
    assert [group.names for group in grouped([found("", sentence, emails=names)])] == [names[5:]]


def test_sentences_of_one_reason_that_differ_are_not_listed_without_end() -> None:
    groups = list(grouped([found(name, f"{name} was refused with code {place}.") for place, name in enumerate(people(300))]))
    assert [group.names[:1] for group in groups[:3]] == [[], [], []]
    assert (len(groups), groups[3].sentence, len(groups[3].names)) == (4, "297 more for the same reason (pending)", 297)


def test_everybody_who_is_reported_is_in_a_group() -> None:
    rows = [found(name, f"{name} waits {place % 7} days.", f"reason{place % 3}") for place, name in enumerate(people(60))]
    named = [name for group in grouped(rows) for name in (*group.names, *[name for name in people(60) if name in group.sentence])]
    assert sorted(named) == people(60)


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (
            run(leaver("a@x.com"), change("b@x.com")),
            "halden: run r1 would make 2 changes, 1 of them a removal. To apply exactly this plan:",
        ),
        (
            run(leaver("a@x.com"), change("b@x.com"), check_mode=False),
            "halden: run r1 made 2 changes, 1 of them a removal. To undo it:",
        ),
        (run(leaver("a@x.com")), "halden: run r1 would make 1 change, a removal. To apply exactly this plan:"),
        (run(leaver("a@x.com"), leaver("b@x.com")), "halden: run r1 would make 2 changes, all removals. To apply exactly this plan:"),
        (
            run(change("a@x.com"), check_mode=False, module="zoom_undo"),
            "halden: run r1 made 1 change. The next run of site makes it again, unless you change the policy first. To undo it:",
        ),
        (run(), "halden: run r1 found nothing to change."),
        (run(failed_items=[found("a@x.com", "Refused.")], check_mode=False), "halden: run r1 changed nothing; 1 failed."),
        (run(attention=[found("a@x.com", "Look.")]), "halden: run r1 found nothing to change; 1 needs attention."),
        (
            run(change("b@x.com"), check_mode=False, error="Zoom refused the token."),
            "halden: run r1 ended early, after 1 change: Zoom refused the token. To undo it:",
        ),
        (
            run(error="Zoom refused the token.", attention=[found("a@x.com", "Look.")]),
            "halden: run r1 ended early: Zoom refused the token; 1 needs attention.",
        ),
        (run(error="Zoom refused the token."), "halden: run r1 ended early: Zoom refused the token."),
        (run(error="Did you mean scope_groups?"), "halden: run r1 ended early: Did you mean scope_groups?"),
        (run(error="Install it: pip install 'a>=1'"), "halden: run r1 ended early: Install it: pip install 'a>=1'"),
    ],
)
def test_one_sentence_closes_a_run(made: Run, line: str) -> None:
    *_before, last = render([made.tenant], {"halden": About("r1", "ansible-playbook undo.yml -e undo_run=r1")}, preview=made.preview)
    assert last.tone == CLOSING
    assert last.text.strip().split("\n")[0] == line
    assert last.text.endswith("undo_run=r1") == line.endswith(":")


def test_a_run_without_change_or_finding_prints_its_last_line_only() -> None:
    assert text(run()).strip() == "halden: run r1 found nothing to change."


def test_where_removals_were_events_only_the_last_line_is_printed() -> None:
    made = run(leaver("a@x.com"), check_mode=False)
    (only,) = render([made.tenant], {"halden": About("r1")}, preview=False, closing_only=True)
    assert only.text.strip() == "halden: run r1 made 1 change, a removal. To undo it, set undo_run to r1."


def test_counts_are_a_table_with_removals_first_and_the_people_below() -> None:
    shown = text(run(leaver("a@x.com"), *[change(name, "create") for name in people(1200)]), people={"wanted": 1300, "people": 1400})
    table = [line.split() for line in shown.partition("Would be done\n")[2].split("\n")]
    assert table[:3] == [
        ["Deactivate", "accounts", "1", "a", "removal"],
        ["Create", "accounts", "1,200"],
        ["1,300", "of", "1,400", "people", "in", "Google's", "directory", "are", "to", "have", "an", "account."],
    ]
    assert "All of it: /state/plan.md" in shown


def test_a_table_says_how_much_of_a_kind_is_drift() -> None:
    by_hand = [change(name, reason="drift: department changed in Zoom since the last run (changed)", drift=True) for name in people(3)]
    shown = text(run(*by_hand, change("d@x.com"), leaver("a@x.com", drift=True)))
    table = {" ".join(line.split()) for line in shown.partition("Would be done\n")[2].split("\n")}
    assert {"Update accounts 4 3 of them drift", "Deactivate accounts 1 a removal, drift"} <= table


def test_who_gets_another_address_is_shown_by_the_one_that_is_taken_away() -> None:
    sides = {"before": {"email": "old@x.com"}, "after": {"email": "new@x.com"}, "reason": "address was old@x.com"}
    shown = text(run(change("new@x.com", "rename", loss=True, **sides)))
    assert "    - old@x.com  -> new@x.com  still has the former address\n" in f"{shown}\n"


def test_what_an_undo_does_has_the_titles_and_the_order_of_what_it_undoes() -> None:
    licence = change("b@x.com", "license", loss=True, before={"license": "licensed"}, after={"license": "on_prem"}, reason="undo")
    shown = text(run(change("c@x.com", "reactivate", reason="undo"), licence, leaver("a@x.com", reason="undo"), module="zoom_undo"))
    titles = ["Undo: deactivate accounts (1)", "Undo: replace paid licences (1)", "Undo: reactivate accounts"]
    assert sorted(titles, key=shown.index) == titles


def test_no_text_of_others_reaches_a_terminal_as_it_is() -> None:
    evil = "\x1b[2Jeve\u202e@example.com"
    made = run(
        leaver(evil, reason=evil, before={"status": evil}),
        change(evil, "remove", loss=True, group=evil),
        attention=[found(evil, f"{evil} waits.")],
        withheld=[found(evil, LIMIT, "limit_deactivation")],
        error=evil,
    )
    shown = text(made)
    assert "\x1b" not in shown and "\u202e" not in shown


def test_a_line_of_a_removal_has_a_bound() -> None:
    long = "x" * 5000
    made = run(leaver(f"{long}@example.com", reason=long, before={"status": long}, group=long))
    removals = [block for block in render([made.tenant], {}, preview=True) if block.tone == REMOVAL]
    assert max(len(line) for block in removals for line in block.text.split("\n")) < 800


# The command

GIVEN = {"inventory": ["halden,"], "extra_vars": ["@policy.yml"], "tags": ["all"], "skip_tags": [], "subset": None}


def test_the_command_to_undo_a_run_is_given_what_the_run_was_given() -> None:
    assert to_undo(GIVEN, "playbooks/site.yml", "r1") == "ansible-playbook playbooks/undo.yml -i halden, -e @policy.yml -e undo_run=r1"
    assert to_undo(GIVEN, "workspace_zoom.provisioning.site", "r1").startswith("ansible-playbook workspace_zoom.provisioning.undo -i")
    assert to_undo(GIVEN, "own/play.yml", "r1").startswith("ansible-playbook workspace_zoom.provisioning.undo ")
    assert "--limit east" in to_undo(GIVEN, "playbooks/site.yml", "r1", "east")


def test_the_command_to_make_a_plan_names_path_and_seal() -> None:
    made = to_make(GIVEN, "playbooks/site.yml", {"path": "/my state/plan.json", "seal": "abc"})
    assert made.startswith("ansible-playbook playbooks/site.yml -i halden, -e @policy.yml -e ")
    assert "/my state/plan.json" in made and made.endswith("-e provisioning_approved_seal=abc")
    assert to_make(GIVEN, "playbooks/drift.yml", {"path": "p", "seal": "s"}).startswith("ansible-playbook playbooks/site.yml")
    assert "collection.drift" not in to_make(GIVEN, "workspace_zoom.provisioning.drift", {"path": "p", "seal": "s"})


@pytest.mark.parametrize("secret", ["zoom_connection={client_secret: s3cret}", '{"zoom_connection": "s3cret"}', "mine=s3cret", "'s3cret"])
def test_no_value_that_may_be_secret_is_repeated(secret: str) -> None:
    shown = to_undo(
        {**GIVEN, "extra_vars": [secret, "provisioning_state_dir=/s provisioning_allow_losses=true"]}, "playbooks/site.yml", "r1"
    )
    assert "s3cret" not in shown and shown.endswith("are not repeated here")
    assert "-e provisioning_state_dir=/s " in shown
    assert "allow_losses" not in shown, "whoever undoes it decides anew"
