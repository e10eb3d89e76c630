# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as rows: before and after by the names of policies, a digest that means the plan, and bounds that hide no count."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcome import Finding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, digest_of, plan_digest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._result import bulk_result

LIMITS = {"diff_limit": 200, "changes_limit": 1000}


def update(email: str, department: str, values: Mapping[str, Any] | None = None) -> Change:
    account = Account("1", email, "active", department="Sales")
    return Change("update", email, "changed: department", account, {"department": department}, Attributes(values or {}))


def license(email: str) -> Change:
    after = {"type": 1, "zoom_one_type": None, "plan_united_type": None}
    return Change("downgrade", email, "policy says basic", Account("1", email, "active", type=2), after)


def member(*emails: str, action: str = "add") -> Change:
    accounts = [Account(email, email, "active") for email in emails]
    return Change(action, "", "matches", group="Sales", members=accounts, group_id="new:Sales")


def digest(*changes: Change, failed: tuple[Finding, ...] = (), withheld: tuple[Finding, ...] = ()) -> str:
    return digest_of([change_row(change, True) for change in changes], failed, withheld)


def test_a_row_tells_licences_by_name_and_attributes_that_no_list_shows() -> None:
    assert change_row(license("a@x.com"), True)["before"] == {"license": "licensed"}
    assert change_row(license("a@x.com"), True)["after"] == {"license": "basic"}
    row = change_row(update("a@x.com", "Design", values={"urn:x:User:costCenter": "7", "title": "Dr"}), True)
    assert row["before"] == {"department": "Sales"}
    assert row["after"] == {"costCenter": "7", "department": "Design", "title": "Dr"}


def test_the_digest_ignores_order_batches_and_reasons() -> None:
    assert digest(update("a@x.com", "D"), license("b@x.com")) == digest(license("b@x.com"), update("a@x.com", "D"))
    assert digest(member("a@x.com", "b@x.com")) == digest(member("a@x.com"), member("b@x.com"))
    other = update("a@x.com", "D")
    other.reason = "told otherwise"
    assert digest(other) == digest(update("a@x.com", "D"))


def test_the_digest_differs_with_anything_that_is_planned_withheld_or_failed() -> None:
    held = Finding("a@x.com", "limit_license", "text", "downgrade")
    digests = [
        digest(),
        digest(update("a@x.com", "D")),
        digest(update("a@x.com", "E")),
        digest(update("b@x.com", "D")),
        digest(member("a@x.com")),
        digest(member("a@x.com", action="remove")),
        digest(failed=(Finding("a@x.com", "where", "text"),)),
        digest(withheld=(held,)),
        digest(withheld=(Finding("a@x.com", "limit_license", "text", "deactivate"),)),
    ]
    was = update("a@x.com", "D")
    was.was = {"department": "Support"}
    assert len({*digests, digest(was)}) == len(digests) + 1


def test_a_result_is_bounded_and_the_file_beside_it_is_not(tmp_path: Path) -> None:
    changes = [update(f"p{number:05d}@x.com", "Design") for number in range(5000)]
    plan = Plan(changes)
    plan.withheld = [Finding(f"q{number}@x.com", "limit_license", "A sentence. " * 20, "downgrade") for number in range(5000)]
    path = tmp_path / "new" / "changes.jsonl"
    result = bulk_result(plan, changes, [], [], {**LIMITS, "changes_path": str(path)})
    assert result.facts["changes_total"] == 5000
    assert (result.facts["summary"]["update"], result.facts["summary"]["withheld"]) == (5000, 5000)
    rows = {name: result.facts[name] for name in ("changes", "withheld", "failed_items", "attention")}
    assert len(json.dumps(rows)) < 320_000
    assert len(rows["withheld"]) <= 1000
    header, *lines = path.read_text().splitlines()
    assert json.loads(header)["digest"] == result.facts["digest"]
    assert json.loads(header)["count"] == len(lines) == 10_000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_changes_up_to_the_limit_are_all_in_the_result() -> None:
    changes = [update(f"p{number}@x.com", "D") for number in range(30)]
    facts = bulk_result(Plan(changes), changes, [], [], {**LIMITS, "changes_limit": 20}).facts
    assert (len(facts["changes"]), facts["changes_total"]) == (20, 30)
    other = bulk_result(Plan(changes[:29]), changes[:29], [], [], {**LIMITS, "changes_limit": 20}).facts
    assert facts["digest"] != other["digest"], "what is cut off counts too"


def test_losses_are_counted_by_member() -> None:
    changes = [member("a@x.com", "b@x.com", action="remove"), license("c@x.com"), update("d@x.com", "D")]
    assert bulk_result(Plan(changes), changes, [], [], LIMITS).facts["losses"] == 3


def test_the_digest_is_that_of_the_plan_with_what_was_before() -> None:
    """Carrying the plan out brings the accounts forward, and may refuse a part of it."""
    digests = {plan_digest(Plan([held])) for held in (license("a@x.com"), bundled("a@x.com"))}
    assert len(digests) == 2, "who loses more is another plan"
    plan = Plan([license("a@x.com")])
    planned = plan_digest(plan)
    assert plan.changes[0].account
    plan.changes[0].account.type = 1
    assert plan_digest(plan) != planned
    assert bulk_result(plan, [], plan.changes, [], LIMITS, planned).facts["digest"] == planned


def bundled(email: str) -> Change:
    held = Account("1", email, "active", type=2, zoom_one_type=16)
    return replace(license(email), account=held)


def test_a_path_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PolicyError, match="changes_path"):
        bulk_result(Plan(), [], [], [], {**LIMITS, "changes_path": str(tmp_path / "file" / "changes.jsonl")})


def test_what_is_withheld_says_which_change_it_was() -> None:
    plan = Plan([member("a@x.com", action="remove")])
    plan.block(plan.changes, "unconfirmed", words="not in scope")
    row = plan.withheld[0].row()
    assert (row["email"], row["reason"], row["action"], row["group"]) == ("Sales", "unconfirmed", "remove", "Sales")


def test_thousands_of_problems_are_told_by_the_first_and_a_count() -> None:
    result = bulk_result(
        Plan(failed=[Finding(f"p{number}@x.com", "where", f"p{number}: why.") for number in range(5000)]), [], [], [], LIMITS
    )
    assert len(result.first_problems()) == 201
    assert result.first_problems()[-1] == "And 4800 more, see failed_items and withheld."
    assert result.sentence() == " ".join([*(f"p{place}: why." for place in range(10)), "And 4990 more, see failed_items and withheld."])


def test_of_problems_that_are_alike_a_failure_has_one() -> None:
    def refused(number: int) -> Finding:
        said = f"Zoom refused POST /scim2/Users: no seat (HTTP 400, tracking id WEB_{number})."
        return Finding(f"p{number}@x.com", "create", f"p{number}@x.com: the account was not created, because no seat is free [{said}]")

    many = bulk_result(Plan(failed=[refused(number) for number in range(90)]), [], [], [], LIMITS)
    assert many.sentence().startswith("p0@x.com: the account was not created") and many.sentence().endswith(
        " And 89 more, see failed_items and withheld."
    )
    few = bulk_result(Plan(failed=[refused(number) for number in range(3)]), [], [], [], LIMITS)
    assert few.sentence().count("was not created") == 3
