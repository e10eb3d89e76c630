# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a run reads, its own too: what is in them is used, passed over or refused in one sentence, without a traceback."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect_google import google_connection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._handover import (
    HOLD,
    PENDING,
    POLICY,
    Record,
    hand_over,
    take_over,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account, account_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import read_entries
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import people_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person, person_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import (
    ACCOUNTS,
    EVER,
    MEMORY,
    PEOPLE,
    Ask,
    Snapshot,
    load,
    save,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant, tenant_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._judge import Judge
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._approval import check_age, read_approval
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._baseline import read_baseline
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._journal import read_journal
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._memory import read_former, recall
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._sealed_plan import seal_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_credentials
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import TransportError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._key_text import key_forms
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _junit, _markdown
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant as Shown
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from hypothesis import given
from hypothesis import strategies as st
from mangling import EXAMPLES, bounded, mangled, torn

NOW = "2026-11-26T07:00:00+00:00"
ADA = Account("z1", "ada@example.com", "active", first_name="Ada", group_ids=["g1"], type=2, role_id="2", created=NOW)


@pytest.fixture(autouse=True)
def counted(record_property: Callable[..., None]) -> None:
    record_property("examples of files and answers, each with something hostile in it", EXAMPLES)


def run_with(**params: Any) -> Run:
    return Run({"run_id": "r1", "run_host": "t1", **params}, False, lambda _secret: None)


def redigested(header: Any, records: list[Any]) -> str:
    """As somebody would write it who knows the format."""
    lines = [json.dumps(record) for record in records]
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    whole = {**header, "count": len(lines), "digest": digest} if isinstance(header, dict) else header
    return "".join(f"{line}\n" for line in [json.dumps(whole), *lines])


def good(folder: Path, kind: str) -> tuple[Path, list[Any]]:
    path = folder / f"{kind}.jsonl"
    about: dict[str, Any] = {
        ACCOUNTS: {"groups": {"g1": "Staff"}, "seats": {"licensed": {"bought": 5, "used": 1}}, "rest": True, "completed": NOW},
        MEMORY: {"completed": NOW, "standing": [{"about": "ada@example.com", "code": "1005", "since": NOW, "phase": "accounts"}]},
        PEOPLE: {"groups": {"zoom@example.com": 1}, "org_units": ["/"], "fields": ["name"], "whole": True, "matching": {}},
    }[kind]
    person = Person(
        "1", "ada@example.com", ["a@example.com"], in_scope=True, groups=["zoom@example.com"], fields={"name": {"givenName": "Ada"}}
    )
    record: Any = person if kind == PEOPLE else ADA
    save(str(path), Snapshot(kind, "t1", [record, record], about, "r1"))
    return path, [json.loads(line) for line in path.read_text().splitlines()]


READERS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    ACCOUNTS: (account_from_record, tenant_from),
    MEMORY: (account_from_record, lambda found: found),
    PEOPLE: (person_from_record, people_from),
}


@pytest.mark.parametrize("kind", READERS)
@bounded
@given(data=st.data())
def test_a_snapshot_with_anything_in_it_is_read_or_refused(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    path, lines = good(tmp_path, kind)
    whole = path.read_bytes()
    bad = data.draw(mangled(lines))
    header, records = (bad[0], bad[1:]) if isinstance(bad, list) and bad else ({}, [])
    read, make = READERS[kind]
    for content in (data.draw(torn(whole)), redigested(header, records).encode()):
        path.write_bytes(content)
        try:
            make(load(str(path), kind, read, Ask("r1", True, EVER, "t1")))
        except PolicyError as error:
            assert kind in str(error)
    path.write_bytes(whole)


@bounded
@given(data=st.data())
def test_a_memory_with_anything_in_it_is_never_an_error(tmp_path: Path, data: st.DataObject) -> None:
    path, lines = good(tmp_path, MEMORY)
    bad = data.draw(mangled(lines))
    header, records = (bad[0], bad[1:]) if isinstance(bad, list) and bad else ({}, [])
    for content in (data.draw(torn(path.read_bytes())), redigested(header, records).encode()):
        path.write_bytes(content)
        recall(Tenant("t1", [account_from_record(ADA.record())]), str(path), [])
        read_former(str(path), "t1", "r2")


INTENT = {"event": "intent", "id": "k1", "tenant": "t1", "email": "ada@example.com", "action": "update", "account_id": "z1", "reason": "r"}
JOURNAL = [
    {**INTENT, "time": NOW, "run_id": "r1", "before": {"first_name": "Ada"}, "after": {"first_name": "A"}},
    {"event": "outcome", "id": "k1", "email": "ada@example.com", "ok": True, "error": None, "after": {"first_name": "B"}},
    {**INTENT, "id": "k2", "action": "add", "group": "Staff", "group_id": "g1", "members": [{"id": "z1", "email": "ada@example.com"}]},
    {"event": "settled", "id": "k2", "email": "", "ok": False},
    {"event": "stopped", "tenant": "t1", "error": "x", "emails": ["ada@example.com"]},
]


@bounded
@given(data=st.data())
def test_a_journal_with_anything_in_it_is_read_line_by_line_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "r1.jsonl"
    text = "".join(f"{json.dumps(row)}\n" for row in JOURNAL)
    bad = data.draw(mangled(JOURNAL))
    rows = bad if isinstance(bad, list) else [bad]
    for content in (data.draw(torn(text.encode())), "".join(f"{json.dumps(row)}\n" for row in rows).encode()):
        path.write_bytes(content)
        judge = Judge(Tenant("t1", [ADA]))
        for entry in read_entries(content.decode("utf-8", "replace")):
            judge.done(entry)
        try:
            read_journal(str(path))
        except PolicyError as error:
            assert "journal" in str(error)


def plan_document() -> dict[str, Any]:
    row = {"email": "ada@example.com", "action": "update", "reason": "r", "changed": True, "before": {}, "after": {"department": "x"}}
    shown = Shown("t1", "acme")
    take(shown, "zoom_scim_users", {"changes": [row], "failed_items": [], "withheld": [], "attention": [], "digest": "d" * 64})
    return dict(json.loads(json.dumps(build([shown], check_mode=True, time=NOW))))


@bounded
@given(data=st.data())
def test_an_approved_plan_with_anything_in_it_is_taken_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "plan.json"
    bad = data.draw(mangled(plan_document()))
    sealed = {**bad, "seal": seal_of(bad)} if isinstance(bad, dict) else bad
    for content in (data.draw(torn(json.dumps(plan_document()).encode())), json.dumps(sealed).encode()):
        path.write_bytes(content)
        try:
            found = read_approval(run_with(approved_path=str(path), approved_gains="listed"), "acme", "zoom_scim_users")
            assert found is not None
            check_age(str(path), str(bad["time"]) if isinstance(bad, dict) and "time" in bad else "", 60, datetime.now(timezone.utc))
        except PolicyError as error:
            assert str(path) in str(error)


@pytest.mark.parametrize("kind", [POLICY, PENDING, HOLD])
@bounded
@given(data=st.data())
def test_a_file_between_phases_with_anything_in_it_is_taken_or_refused(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    path = tmp_path / "handed"
    run = run_with(dest=str(path))
    hand_over(run, "dest", kind, [Record(email="ada@example.com", group="g@example.com", added=["a@example.com"])])
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    bad = data.draw(mangled(lines))
    header, records = (bad[0], bad[1:]) if isinstance(bad, list) and bad else ({}, [])
    for content in (data.draw(torn(path.read_bytes())), redigested(header, records).encode()):
        path.write_bytes(content)
        try:
            take_over(run, "dest", kind)
        except PolicyError as error:
            assert str(path) in str(error)


@bounded
@given(data=st.data())
def test_the_file_of_members_with_anything_in_it_is_read_or_means_nothing_is_known(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "baseline"
    kept = {"group": "g@example.com", "members": ["ada@example.com"]}
    for content in (data.draw(torn(json.dumps(kept).encode())), json.dumps(data.draw(mangled(kept))).encode()):
        path.write_bytes(content)
        found = read_baseline(str(path), "g@example.com")
        assert found is None or all(isinstance(member, str) for member in found)


KEY = {
    "type": "service_account",
    "private_key": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
    "client_email": "r@x.com",
}
KEY["token_uri"] = "https://oauth2.googleapis.com/token"


@bounded
@given(data=st.data())
def test_a_service_account_key_with_anything_in_it_is_refused_in_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "key.json"
    bad = data.draw(mangled(KEY))
    path.write_bytes(data.draw(torn(json.dumps(KEY).encode())))
    for params in ({"service_account_file": str(path)}, {"service_account_contents": bad}, {"service_account_contents": json.dumps(bad)}):
        key_forms(params)
        with pytest.raises(TransportError):
            connection = google_connection({**params, "credentials_from_environment": True}, {})
            _google_credentials.google_authorizer(connection, HttpOptions(), ["scope"], lambda _secret: None)("")


@bounded
@given(data=st.data())
def test_a_result_and_a_file_of_changes_with_anything_in_them_make_a_document_or_none(tmp_path: Path, data: st.DataObject) -> None:
    """The document is of what our own modules return; their texts may be anything."""
    texts = data.draw(st.lists(st.text(st.characters(), max_size=30), min_size=6, max_size=6))
    row = {
        "email": texts[0],
        "action": "update",
        "reason": texts[1],
        "changed": True,
        "before": {texts[2]: texts[3]},
        "after": {"x": texts[4]},
    }
    found = {"email": texts[0], "reason": "limit", "message": texts[5]}
    shown = Shown("t1", texts[4])
    take(shown, "zoom_scim_users", {"changes": [row], "failed_items": [found], "withheld": [found], "attention": [], "digest": "d" * 64})
    document = build([shown], check_mode=True, time=NOW)
    _markdown.render(document).encode()
    _junit.render(document).encode()
    path = tmp_path / "changes.jsonl"
    path.write_bytes(
        data.draw(torn(b'{"format": "workspace_zoom.provisioning/changes/1", "digest": "d", "count": 1}\n{"list": "changes"}\n'))
    )
    take(shown, "zoom_scim_users", {"changes": [], "changes_path": str(path), "digest": "d"})
