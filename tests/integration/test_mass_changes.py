# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One wrong line of a policy on the demo's company: what a limit blocks, what is made beside it, and how it is undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, MEMORY, header_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory
from calling import call
from playing import ROOT, written
from sandbox import Sandbox

POLICY = yaml.safe_load((ROOT / "extensions/demo/policy.yml").read_text())
GOOD = {**POLICY["attribute_mapping_attributes"]}
EVERYBODY_RENAMED = {**GOOD, "userName": "join('', ['x-', primaryEmail])"}
EVERYBODY_REWRITTEN = {**GOOD, "department": "'X'"}


class Company:
    """The demo's company, as its own policy has it after a first run."""

    def __init__(self, box: Sandbox, folder: Path) -> None:
        self.box, self.folder, self.runs = box, folder, 0
        zoom = {**box.connections()["zoom_connection"], "rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0}
        self._zoom = zoom

    def read(self) -> None:
        self.runs += 1
        run = {"run_id": f"run{self.runs}"}
        files = {"dest": str(self.folder / "accounts"), "memory_path": str(self.folder / "memory")}
        call("zoom_user_info", self.box, connection=self._zoom, **files, **run)
        scope = {"groups": [POLICY["scope_group"]], "exclude": {"groups": POLICY["scope_exclude_groups"]}, "expressions": [*GOOD.values()]}
        wanted = {"resolve_groups": ["leadership@example.com", "engineering@example.com"], "confirm_members": True}
        paths = {"accounts_path": str(self.folder / "accounts"), "dest": str(self.folder / "people")}
        found = call("google_scope_info", self.box, **scope, **wanted, **paths, **run)
        assert not found["failed"], found
        self.box.ledger.clear()

    def provision(self, attributes: dict[str, str], **options: Any) -> dict[str, Any]:
        return self.phase("zoom_scim_users", attributes=attributes, prune=True, **options)

    def phase(self, module: str, **options: Any) -> dict[str, Any]:
        paths = {"accounts_path": str(self.folder / "accounts"), "journal_dir": str(self.folder / "journal"), "run_id": f"run{self.runs}"}
        people = {} if module == "zoom_undo" else {"people_path": str(self.folder / "people")}
        return call(module, self.box, connection=self._zoom, memory_path=str(self.folder / "memory"), **paths, **people, **options)

    def completed(self, kind: str = MEMORY) -> str:
        """When a run was completed, as the memory or the accounts snapshot has it."""
        header = header_of(str(self.folder / {MEMORY: "memory", ACCOUNTS: "accounts"}[kind]), kind)
        return str((header or {}).get("completed") or "")

    def forget(self) -> None:
        """As if no run had come before."""
        for name in ("accounts", "memory", "memory.previous"):
            (self.folder / name).unlink(missing_ok=True)

    def addresses(self) -> dict[str, str]:
        return {user.id: user.email for user in self.box.zoom.users.values()}

    def departments(self) -> dict[str, str]:
        return {user.id: user.department for user in self.box.zoom.users.values()}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    monkeypatch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    with Sandbox.start(None, {"rate_limits": False, "google_quota": None}) as box:
        found = Company(box, tmp_path)
        found.read()
        first = found.provision(GOOD)
        assert not first["failed"], first
        yield found


def actions(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter(row["action"] for row in rows)


def test_an_expression_that_renames_everybody_renames_nobody_and_the_right_one_finds_all_as_it_was(company: Company) -> None:
    before = company.addresses()
    company.read()
    done = company.provision(EVERYBODY_RENAMED)
    assert (done["failed"], done["partial"], done["losses"]) == (True, True, 0)
    assert (actions(done["withheld"]), len(done["problems"])) == (Counter(rename=len(done["withheld"])), 1)
    assert len(done["withheld"]) > 10
    assert "raise attribute_mapping_max_renames (max_renames of the module)" in done["problems"][0]
    assert (company.addresses(), written(company.box)) == (before, {})
    skipped = {row["email"] for row in done["withheld"]}
    later = company.phase("zoom_license_default", default="unassigned", max_removals="100%")
    assert not skipped & {row["email"] for row in later["changes"]}, "later phases leave them as they are"
    company.read()
    healed = company.provision(GOOD)
    assert (healed["failed"], healed["changed"], company.addresses()) == (False, False, before)


def test_renames_below_the_limit_are_made_and_are_counted_as_removals(company: Company) -> None:
    company.read()
    for check in (True, False):
        done = company.provision(EVERYBODY_RENAMED, allow_losses=True, check=check)
        renamed = [row for row in done["changes"] if row["action"] == "rename"]
        assert (done["failed"], done["losses"]) == (False, len(renamed))
        assert renamed and all(row["loss"] for row in renamed)
        company.read()
    assert sum(email.startswith("x-") for email in company.addresses().values()) == len(renamed)


def test_an_expression_that_rewrites_everybody_rewrites_nobody_after_a_completed_run(company: Company) -> None:
    before = company.departments()
    company.read()
    done = company.provision(EVERYBODY_REWRITTEN)
    assert (done["failed"], actions(done["withheld"]), done["changes"]) == (True, Counter(update=len(done["withheld"])), [])
    assert "accounts would be updated in one run (changed: department" in done["problems"][0]
    assert (company.departments(), written(company.box)) == (before, {})
    company.read()
    allowed = company.provision(EVERYBODY_REWRITTEN, allow_gains=True, check=True)
    assert len([row for row in allowed["changes"] if row["action"] == "update"]) == len(done["withheld"])


def test_a_run_is_completed_once_all_accounts_were_brought_up_to_date_for_real(company: Company) -> None:
    company.forget()
    company.read()
    company.phase("zoom_license_default", default="basic", max_removals="100%")
    assert (company.completed(), company.completed(ACCOUNTS)) == ("", ""), "that is no run over all accounts"
    assert not company.provision(GOOD, check=True)["failed"]
    assert (company.completed(), company.completed(ACCOUNTS)) == ("", ""), "check mode completes nothing"
    company.read()
    assert not company.provision(GOOD)["failed"]
    first = company.completed()
    assert first == company.completed(ACCOUNTS) != ""
    company.read()
    assert company.completed(ACCOUNTS) == first
    company.provision(EVERYBODY_REWRITTEN, check=True)
    assert company.completed(ACCOUNTS) == first, "phases hand it on, in check mode as well"


def test_a_first_contact_is_not_completed_by_a_run_that_zoom_stopped_and_the_next_one_has_no_limit_on_gains(company: Company) -> None:
    company.forget()
    rights = set(company.box.zoom.permissions)
    company.box.zoom.set_settings(permissions=sorted(rights - {"User:Edit"}))
    company.read()
    done = company.provision(EVERYBODY_REWRITTEN)
    assert [row["reason"] for row in done["failed_items"]].count("stopped") == 1
    assert (company.completed(), company.completed(ACCOUNTS)) == ("", "")
    company.box.zoom.set_settings(permissions=sorted(rights))
    company.read()
    done = company.provision(EVERYBODY_REWRITTEN)
    assert (done["failed"], done["withheld"]) == (False, [])
    assert done["summary"]["update"] > 20
    assert company.completed() != ""
    company.box.zoom.set_settings(permissions=sorted(rights - {"User:Edit"}))
    completed = company.completed()
    company.read()
    company.provision(GOOD, allow_gains=True)
    assert (company.completed(), company.completed(ACCOUNTS)) == (completed, completed), "a stopped run leaves it as it was"


def test_a_scope_that_grows_by_mistake_gives_nobody_an_account_or_a_seat(company: Company) -> None:
    company.read()
    before = company.addresses()
    strangers = [{"id": f"7{number:020d}", "email": f"p{number}@example.com", "in_scope": True} for number in range(21)]
    people = [{**row, "state": "active", "fields": {"name": {"givenName": "P", "familyName": "Q"}}} for row in strangers]
    options = {"attributes": {"userName": "primaryEmail"}, "licenses": {"default": "licensed"}, "people": people}
    paths = {"accounts_path": str(company.folder / "accounts"), "run_id": f"run{company.runs}"}
    done = call("zoom_scim_users", company.box, check=True, **options, **paths)
    assert (actions(done["withheld"]), done["changes"]) == (Counter(create=21), [])
    assert "21 accounts would be created or reactivated in one run" in done["problems"][0]
    assert company.addresses() == before


def test_an_undo_of_a_mass_rename_is_one_itself(company: Company) -> None:
    before = company.addresses()
    company.read()
    company.provision(EVERYBODY_RENAMED, allow_losses=True)
    journal = str(company.folder / "journal" / f"run{company.runs}.jsonl")
    company.read()
    blocked = company.phase("zoom_undo", journal=journal)
    assert (blocked["failed"], actions(blocked["withheld"])) == (True, Counter(rename=len(blocked["withheld"])))
    company.read()
    undone = company.phase("zoom_undo", journal=journal, allow_losses=True)
    assert (undone["failed"], undone["losses"], company.addresses()) == (False, len(blocked["withheld"]), before)


@pytest.mark.parametrize("name", ["max_renames", "max_updates", "max_creations"])
@pytest.mark.parametrize("value", ["many", -1, True, "101%", [5]])
def test_a_limit_that_is_none_is_refused_before_any_read(name: str, value: Any) -> None:
    found = call("policy_validate", None, connection={}, attribute_mapping={name: value})  # type: ignore[arg-type]
    assert found["msg"] == f'attribute_mapping_{name} is {value!r}; write a count such as 5 or a share such as "10%".'


@pytest.mark.parametrize("value", [5, -1, "maybe"])
def test_what_lifts_a_limit_is_a_truth_value(value: Any) -> None:
    found = call("policy_validate", None, connection={}, shared={"provisioning_allow_gains": value})  # type: ignore[arg-type]
    assert found["msg"] == f"provisioning_allow_gains is {value!r}; write true or false."
