# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mappings, selectors, nesting and snapshots."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._policy import mapper_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import (
    ENTERPRISE,
    ZOOM_EXTENSION,
    Account,
    account_from_record,
    account_from_scim,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import (
    DEFAULT_ATTRIBUTES,
    canonical,
    parse_attributes,
    scim_body,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import close, parse_pending
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import (
    Person,
    person_from_google,
    person_from_record,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import parse_selector
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import (
    ACCOUNTS,
    PEOPLE,
    Ask,
    Snapshot,
    load,
    save,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from hypothesis import given
from hypothesis import strategies as st


def ada(**fields: Any) -> Person:
    return Person(
        "1", "ada@example.com", ["a@example.com"], org_unit="/Staff/Research", in_scope=True, groups=["g@example.com"], fields=fields
    )


def test_the_default_mapping_gives_address_names_and_department() -> None:
    person = ada(name={"givenName": "Ada", "familyName": "Byron"}, organizations=[{"department": "Research"}])
    wish = parse_attributes(DEFAULT_ATTRIBUTES, "attributes").desired(person)
    assert wish.user_name == "ada@example.com"
    assert wish.listed() == {"first_name": "Ada", "last_name": "Byron", "department": "Research"}


@pytest.mark.parametrize(
    ("name", "path"),
    [("department", f"{ENTERPRISE}:department"), (f"{ENTERPRISE}:manager.value", f"{ENTERPRISE}:manager"), ("title", "title"),
     ('emails[type eq "work"].value', "emails"), (f"{ZOOM_EXTENSION}:pronouns", f"{ZOOM_EXTENSION}:pronouns")],
)  # fmt: skip
def test_an_attribute_has_one_name_however_it_is_written(name: str, path: str) -> None:
    assert canonical(name, "attributes") == path


@pytest.mark.parametrize(
    ("name", "words"),
    [("titel", "did you mean title?"), ("userType", "license_defaults"), ("externalId", "does not store"), ("xyz", "known are"),
     (f"{ENTERPRISE}:color", "known are")],
)  # fmt: skip
def test_an_attribute_that_zoom_does_not_have_is_named(name: str, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_attributes({name: "primaryEmail"}, "attributes")


def test_a_mapping_is_a_dictionary_and_names_nothing_twice() -> None:
    with pytest.raises(PolicyError, match="dictionary"):
        parse_attributes(["title"], "attributes")
    with pytest.raises(PolicyError, match="twice"):
        parse_attributes({"department": "notes", f"{ENTERPRISE}:department": "notes"}, "attributes")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"userName": "notes"}, "which is no address"), ({"emails": "'other@example.com'"}, "both are one address"),
     ({"title": "aliases"}, "add | "),
     ({"title": "name"}, "dict"), ({"title": "suspended"}, "bool")],
)  # fmt: skip
def test_a_value_that_can_not_be_used_names_its_attribute(mapping: dict[str, str], words: str) -> None:
    with pytest.raises(PolicyError, match=words.replace("|", r"\|")):
        parse_attributes(mapping, "attributes").desired(ada(notes="no address", name={"givenName": "Ada"}))


def test_empty_values_leave_the_attribute_alone_and_numbers_become_text() -> None:
    mapping = {"title": "notes", "costCenter": "posixAccounts[0].uid", f"{ZOOM_EXTENSION}:zoomDocs": "suspended"}
    wish = parse_attributes(mapping, "attributes").desired(ada(notes="\u200b ", posixAccounts=[{"uid": 7}]))
    assert dict(wish.values) == {f"{ENTERPRISE}:costCenter": "7", f"{ZOOM_EXTENSION}:zoomDocs": False}


def test_paths_become_a_scim_resource() -> None:
    body = scim_body({"name.givenName": "Ada", "title": "Head", f"{ENTERPRISE}:department": "R", "phoneNumbers": "+1"})
    assert body == {
        "name": {"givenName": "Ada"},
        "title": "Head",
        ENTERPRISE: {"department": "R"},
        "phoneNumbers": [{"type": "work", "value": "+1"}],
    }


def test_all_that_a_selector_names_must_match() -> None:
    spec = {"groups": ["G@example.com", "h@example.com"], "org_units": ["/staff"], "users": ["A@example.com"], "where": "notes == 'x'"}
    assert parse_selector(spec, "rule").matches(ada(notes="x"))
    for key, value in (("groups", ["h@example.com"]), ("org_units", ["/Sales"]), ("users", ["b@example.com"]), ("where", "notes == 'y'")):
        assert not parse_selector({**spec, key: value}, "rule").matches(ada(notes="x"))


@pytest.mark.parametrize(("text", "truth"), [("`0`", True), ("''", False), ("aliases", True), ("notes", False), ("`false`", False)])
def test_a_condition_is_true_as_jmespath_says(text: str, truth: bool) -> None:
    assert parse_selector({"where": text}, "rule").matches(ada()) is truth


EDGES = {
    "top@x.com": [
        {"email": "mid@x.com", "type": "GROUP"},
        {"email": "low@x.com", "type": "GROUP"},
        {"id": "9", "type": "USER", "email": "z@x.com"},
    ],
    "mid@x.com": [{"email": "low@x.com", "type": "GROUP"}, {"id": "C1", "type": "CUSTOMER"}],
    "low@x.com": [{"email": "top@x.com", "type": "GROUP"}, {"id": "1", "type": "USER", "email": "A@x.com"}],
}


def test_nested_groups_a_diamond_and_a_cycle_are_followed_by_the_shortest_chain() -> None:
    closure = close("top@x.com", EDGES)
    assert closure.via("1", []) == "top@x.com > low@x.com"
    assert closure.via("", ["a@x.com"]) == "top@x.com > low@x.com"
    assert closure.everyone == "top@x.com > mid@x.com"
    assert closure.via("7", ["n@x.com"]) == ""


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd12"), max_size=4)))
def test_any_graph_of_groups_ends_and_holds_what_can_be_reached(graph: dict[str, list[str]]) -> None:
    edges = {group: [{"email": name, "type": "GROUP"} if name in "abcd" else {"id": name, "type": "USER"} for name in graph.get(group, [])]
             for group in "abcd"}  # fmt: skip
    reached, todo = set[str](), ["a"]
    while todo:
        group = todo.pop()
        if group not in reached:
            reached.add(group)
            todo += [name for name in graph.get(group, []) if name in "abcd"]
    members = {name for group in reached for name in graph.get(group, []) if name not in "abcd"}
    assert set(close("a", edges).users) == members


def test_pending_changes_beat_what_was_read() -> None:
    changes = parse_pending(
        [{"group": "G@x.com", "created": False, "added": ["n@x.com", {"email": "a@x.com"}], "removed": ["b@x.com"]},
         {"group": "new@x.com", "created": True, "added": ["n@x.com"]}, {"group": "k@x.com", "members": [{"email": "m@x.com"}]}],
        "pending_changes",
    )  # fmt: skip
    rows = changes["g@x.com"].apply([{"email": "A@x.com", "id": "1"}, {"email": "b@x.com", "id": "2"}])
    assert [row["email"] for row in rows] == ["A@x.com", "n@x.com"]
    assert changes["new@x.com"].rows == []
    assert changes["k@x.com"].rows == [{"email": "m@x.com"}]
    with pytest.raises(PolicyError, match="needs group"):
        parse_pending([{"added": []}], "pending_changes")


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


@pytest.mark.parametrize("row", [{"id": 103456789012345678901}, {"excluded": True}, {"via": None}, {"groups": None}])
def test_a_person_written_by_hand_may_hold_what_is_no_text(row: dict[str, Any]) -> None:
    person = person_from_record({"id": "1", "email": "ada@example.com", **row})
    assert {name: getattr(person, name) for name in row} == ({"groups": []} if "groups" in row else row)


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


def test_a_scim_user_is_an_account_too() -> None:
    row = {"id": "z", "userName": "a@x.com", "active": False, "userType": "Licensed", ZOOM_EXTENSION: {"zoomOneBizPlus": "16"}}
    found = account_from_scim(row)
    assert (found.status, found.type, found.zoom_one_type, found.key) == ("inactive", 2, 16, "z")


def test_an_empty_text_is_no_mapping_of_its_own_as_older_ansible_gives_it_for_none() -> None:
    assert mapper_of({"attributes": ""}).expressions.keys() == mapper_of({}).expressions.keys()
