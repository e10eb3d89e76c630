# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document that somebody approved: taken as it was written, or refused in one sentence before anything is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._approval import approved_entry, check_age, read_approval
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._sealed_plan import VERSION, seal_of
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, die, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
NOW = "2026-11-26T07:00:00+00:00"


def row(action: str, email: str, **more: Any) -> dict[str, Any]:
    return {"email": email, "action": action, "reason": "r", "changed": True, "before": {}, "after": {}, **more}


def tenant(name: str, account: str = "acme", **results: list[dict[str, Any]]) -> Tenant:
    found = Tenant(name, account)
    for module, rows in results.items():
        take(found, module, {"changes": rows, "failed_items": [], "withheld": [], "attention": [], "digest": "d" * 64})
    return found


def write(folder: Path, *tenants: Tenant, check_mode: bool = True, edit: Callable[[dict[str, Any]], Any] | None = None) -> str:
    document = json.loads(json.dumps(build(tenants, check_mode=check_mode, time=NOW)))
    if edit:
        edit(document)
    (folder / "plan.json").write_text(json.dumps(document))
    return str(folder / "plan.json")


def run(path: str, host: str = "t1", **more: Any) -> Run:
    return Run({"approved_path": path, "run_host": host, "approved_gains": "listed", **more}, False, lambda _secret: None)


def refusal(folder: Path, path: str, host: str = "t1", seal: str | None = None) -> str:
    with pytest.raises(PolicyError) as error:
        approved_entry(path, host, seal)
    return str(error.value).replace(str(folder), "folder")


def test_the_version_is_the_collections_own() -> None:
    assert f"\nversion: {VERSION}\n" in (ROOT / "galaxy.yml").read_text()


def test_without_a_path_nothing_is_to_be_approved(tmp_path: Path) -> None:
    assert read_approval(run(""), "acme", "zoom_scim_users") is None


def test_each_module_is_held_to_its_own_phase_of_its_own_host(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        tenant("t1", zoom_scim_users=[row("create", "ada@x.com")], zoom_license_default=[row("license", "bob@x.com")]),
        tenant("t2", zoom_scim_users=[row("create", "eve@x.com")]),
    )
    found = read_approval(run(path), "acme", "zoom_scim_users")
    assert found is not None
    assert [listed.email for listed in found.missing([])] == ["ada@x.com"]
    found = read_approval(run(path, "t2", approved_gains="any"), "acme", "zoom_scim_users")
    assert found is not None
    assert ([listed.email for listed in found.missing([])], found.any_gain) == (["eve@x.com"], True)


def test_a_licence_that_was_to_be_taken_in_one_phase_may_be_taken_in_the_other(tmp_path: Path) -> None:
    def lists(module: str, action: str, email: str) -> bool:
        found = read_approval(run(path), "acme", module)
        assert found is not None
        return found.lists(Change(action, email, "r"))

    early, late, leaves = (
        row("downgrade", "early@x.com", loss=True),
        row("downgrade", "late@x.com", loss=True),
        row("deactivate", "gone@x.com"),
    )
    path = write(tmp_path, tenant("t1", zoom_scim_users=[early, leaves], zoom_license_default=[late]))
    modules = ("zoom_scim_users", "zoom_license_default")
    assert [lists(module, "downgrade", f"{who}@x.com") for module in modules for who in ("early", "late", "other")] == [
        True,
        True,
        False,
    ] * 2
    assert not lists("zoom_license_default", "deactivate", "gone@x.com")
    assert not lists("zoom_groups", "downgrade", "late@x.com")
    found = read_approval(run(path), "acme", "zoom_license_default")
    assert found is not None
    assert [listed.email for listed in found.missing([])] == ["late@x.com"], "each phase misses its own"


def test_a_google_group_and_its_members_are_apart(tmp_path: Path) -> None:
    group = row("create", "Team@x.com", group="")
    path = write(tmp_path, tenant("t1", google_group=[group], google_group_members=[row("add", "ada@x.com", group="team@x.com")]))
    alone = read_approval(run(path), "", "google_group", group="team@x.com")
    members = read_approval(run(path), "", "google_group_members", group="team@x.com", members=True)
    others = read_approval(run(path), "", "google_group_members", group="other@x.com", members=True)
    assert alone is not None
    assert members is not None
    assert others is not None
    assert [(one.action, one.email) for one in alone.missing([])] == [("google_create", "Team@x.com")]
    assert [(one.action, one.email) for one in members.missing([])] == [("google_add", "ada@x.com")]
    assert others.missing([]) == []


def test_another_tenants_plan_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, tenant("t1"), tenant("t3"))
    assert refusal(tmp_path, path, "t2") == (
        "The approved plan folder/plan.json is of t1, t3, not of t2; give the plan of this host. Nothing was changed."
    )
    with pytest.raises(PolicyError, match=r"is of the Zoom account acme, not of other; give the plan of this one. Nothing was changed."):
        read_approval(run(path), "other", "zoom_scim_users")


def test_a_plan_that_was_changed_by_hand_is_refused(tmp_path: Path) -> None:
    made = tenant("t1", zoom_scim_users=[row("create", "ada@x.com")])
    path = write(tmp_path, made, edit=lambda document: document["tenants"][0]["changes"][0].update(email="eve@x.com"))
    assert refusal(tmp_path, path).endswith(
        "was changed after it was written, as its seal does not fit; run the plan again, and have that one approved. Nothing was changed."
    )


def test_another_plan_than_the_one_that_was_approved_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, tenant("t1"))
    assert "is not the one that was approved: its seal begins with" in refusal(tmp_path, path, seal="0" * 64)
    seal = json.loads(Path(path).read_text())["seal"]
    assert approved_entry(path, "t1", seal)["tenant"] == "t1"


def test_a_plan_of_another_version_or_format_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, tenant("t1"), edit=lambda document: document.update(version="0.0.9"))
    assert f"was written by 0.0.9 of this collection, and this is {VERSION}; run the plan again" in refusal(tmp_path, path)
    path = write(tmp_path, tenant("t1"), edit=lambda document: (document.pop("version"), document.pop("seal")))
    assert "was written by an older version of this collection" in refusal(tmp_path, path)


def test_what_a_run_has_made_is_no_plan(tmp_path: Path) -> None:
    assert "was written by a run that has made its changes" in refusal(tmp_path, write(tmp_path, tenant("t1"), check_mode=False))


def test_a_plan_whose_run_died_is_incomplete(tmp_path: Path) -> None:
    dead = tenant("t1")
    die(dead, "Zoom refused the token.", "zoom_user_info")
    assert "is incomplete, as its run ended early (Zoom refused the token); run the plan again" in refusal(tmp_path, write(tmp_path, dead))


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2026-11-26T07:00:00+00:00", ""),
        ("2026-11-25T06:00:00+00:00", "is 25.0 hours old, and provisioning_approval_max_age is 24 hours; run the plan again"),
        ("2026-11-27T07:00:00+00:00", "which is not a time in the past"),
        ("soon", "which is not a time in the past"),
    ],
)
def test_an_approval_ends(time: str, said: str) -> None:
    now = datetime(2026, 11, 26, 7, tzinfo=timezone.utc)
    if said:
        with pytest.raises(PolicyError, match=said):
            check_age("plan.json", time, 86_400, now)
    else:
        check_age("plan.json", time, 86_400, now)


def test_what_is_no_document_at_all_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "does not exist; name the plan.json of a run in check mode" in refusal(tmp_path, str(tmp_path / "none.json"))
    assert "can't be read: Is a directory" in refusal(tmp_path, str(tmp_path))
    for text in ("", "no json", "[]", "{}", "\udcff", "[" * 100_000):
        (tmp_path / "odd.json").write_text(text, errors="surrogateescape")
        assert "is no plan of this collection" in refusal(tmp_path, str(tmp_path / "odd.json"))


json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.sampled_from(["tenants", "time", "check_mode", "entry", "error", "changes", "change", "kind", "before", "email", "action", "group"]),
    json_values,
)
def test_a_document_of_any_form_and_a_seal_that_fits_is_no_traceback(tmp_path_factory: Any, which: str, value: Any) -> None:
    """Somebody may write a document by hand and seal it: then what it says is refused, not run into."""
    folder = tmp_path_factory.mktemp("odd")

    def edit(document: dict[str, Any]) -> None:
        entry = document["tenants"][0]
        if which in ("tenants", "time", "check_mode"):
            document[which] = value
        elif which == "entry":
            document["tenants"][0] = value
        elif which in ("error", "changes"):
            entry[which] = value
        elif which == "change":
            entry["changes"][0] = value
        else:
            entry["changes"][0][which] = value
        document["seal"] = seal_of(document)

    path = write(folder, tenant("t1", google_group_members=[row("add", "ada@x.com", group="team@x.com")]), edit=edit)
    try:
        read_approval(run(path), "acme", "google_group_members", group="team@x.com", members=True)
        check_age(path, approved_entry(path, "t1")["time"], 10**12, datetime(2026, 11, 26, 7, tzinfo=timezone.utc))
    except PolicyError as error:
        assert str(error).endswith(("Nothing was changed.", "have that one approved."))
