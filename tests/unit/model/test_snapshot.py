# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots: whole, fresh, of this tenant, or refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account, account_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_google, person_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import (
    ACCOUNTS,
    PEOPLE,
    Ask,
    Snapshot,
    header_of,
    load,
    save,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError


def accounts(**more: Any) -> Snapshot[Account]:
    return Snapshot(
        ACCOUNTS, "T1", [Account("z1", "a@x.com", "active", group_ids=["g"]), Account("", "p@x.com", "pending")], {"seats": {}}, **more
    )


def test_a_snapshot_comes_back_as_it_was_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "accounts.jsonl"
    save(str(path), accounts(run_id="r1"))
    found = load(str(path), ACCOUNTS, account_from_record, Ask("r1", tenant="T1"))
    assert (found.records, found.about, found.tenant) == (accounts().records, {"seats": {}}, "T1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == ["accounts.jsonl"]


@pytest.mark.parametrize(
    ("ask", "words"),
    [(Ask(tenant="T2"), "is of T1, not of T2"), (Ask("r2", max_age=-1), "of another run"), (Ask("r1", hypothetical=True), "")],
)  # fmt: skip
def test_a_snapshot_of_another_tenant_or_an_old_one_is_refused(tmp_path: Path, ask: Ask, words: str) -> None:
    path = str(tmp_path / "a.jsonl")
    save(path, accounts(run_id="r1"))
    if not words:
        assert load(path, ACCOUNTS, account_from_record, ask)
        return
    with pytest.raises(PolicyError, match=words):
        load(path, ACCOUNTS, account_from_record, ask)


def test_check_modes_snapshot_is_refused_by_a_real_run(tmp_path: Path) -> None:
    path = str(tmp_path / "a.jsonl")
    save(path, accounts(run_id="r1", hypothetical=True))
    with pytest.raises(PolicyError, match="check mode"):
        load(path, ACCOUNTS, account_from_record, Ask("r1"))


def test_a_truncated_altered_foreign_or_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    save(str(path), accounts())
    whole = path.read_text()
    for text in (whole.rsplit("\n", 2)[0] + "\n", whole.replace("a@x.com", "b@x.com"), json.dumps({"format": "other"}), "nonsense", ""):
        path.write_text(text)
        with pytest.raises(PolicyError, match="snapshot"):
            load(str(path), ACCOUNTS, account_from_record, Ask())
    for text in (whole.replace('"id"', "id"), whole.replace("\n", "\r\n"), whole + "[]\n", whole + "null\n"):
        path.write_bytes(text.encode())
        with pytest.raises(PolicyError, match=r"incomplete or was altered|is no accounts snapshot"):
            load(str(path), ACCOUNTS, account_from_record, Ask())
    path.write_text(whole.replace("\n", "\n\n"))
    assert load(str(path), ACCOUNTS, account_from_record, Ask()).records, "a blank line is nothing"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PolicyError, match="can't be read"):
        load(str(path), ACCOUNTS, account_from_record, Ask())
    with pytest.raises(PolicyError, match="does not exist"):
        load(str(tmp_path / "none"), PEOPLE, person_from_record, Ask())


@pytest.mark.parametrize("change", [{"time": "noon"}, {"time": 5}, {"time": None}, {"tenant": None}, {"tenant": ["t1"]}])
def test_a_header_that_does_not_say_whose_or_of_when_it_is_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "a.jsonl"
    save(str(path), accounts())
    first, _newline, rest = path.read_text().partition("\n")
    for header in ({**json.loads(first), **change}, {name: value for name, value in json.loads(first).items() if name not in change}):
        path.write_text(json.dumps(header) + "\n" + rest)
        with pytest.raises(PolicyError, match="incomplete or was altered"):
            load(str(path), ACCOUNTS, account_from_record, Ask(tenant="t1"))


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PolicyError, match="can't be written"):
        save(str(tmp_path / "file" / "a.jsonl"), accounts())


def test_people_come_back_as_they_were(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "primaryEmail": "a@x.com",
        "name": {"givenName": "Ada", "familyName": "\u200b"},
        "archived": True,
        "phones": [{"value": "1"}],
    }
    person = person_from_google(row, ["phones"])
    assert (person.state, person.fields["name"]["familyName"], person.fields["phones"]) == ("archived", "", [{"value": "1"}])
    save(str(tmp_path / "p"), Snapshot(PEOPLE, "C1", [person]))
    assert load(str(tmp_path / "p"), PEOPLE, person_from_record, Ask()).records == [person]


def test_a_header_is_read_without_the_records_and_is_none_where_there_is_none_of_that_kind(tmp_path: Path) -> None:
    path = tmp_path / "accounts.jsonl"
    assert header_of(str(path), ACCOUNTS) is None
    save(str(path), accounts(run_id="r1"))
    path.write_text(path.read_text().splitlines()[0])
    header = header_of(str(path), ACCOUNTS)
    assert header and (header["tenant"], header["run_id"], header["seats"]) == ("T1", "r1", {})
    assert header_of(str(path), PEOPLE) is None
