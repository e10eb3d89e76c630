# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of SCIM's rate, and what a run remembers of how fast Zoom could be asked: nobody has to believe it."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect_zoom import (
    connect_zoom,
    scim_rate,
    zoom_connection,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._given import read_given
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._pace_file import PaceFile
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import tenant_of

TENANT = "account-1"


@pytest.mark.parametrize("word", ["auto", "Auto", " auto ", "", None])
def test_the_rate_of_scim_is_found_by_itself_unless_a_number_is_given(word: Any) -> None:
    assert zoom_connection({"access_token": "own", "scim_rate": word}, {}).scim_rate is None


@pytest.mark.parametrize(("number", "rate"), [(5, 5.0), ("2.5", 2.5), (100000.0, 100000.0), ("10", 10.0)])
def test_a_number_may_be_typed_as_text(number: Any, rate: float) -> None:
    assert zoom_connection({"access_token": "own", "scim_rate": number}, {}).scim_rate == rate


@pytest.mark.parametrize(("given", "share"), [(None, 1.0), (1.0, 1.0), (0.02, 0.02), (3.0, 3.0)])
def test_a_share_is_a_part_of_the_published_limits_and_all_of_them_unless_it_is_given(given: Any, share: float) -> None:
    assert zoom_connection({"access_token": "own", "rate_share": given}, {}).rate_share == share


@pytest.mark.parametrize("given", [0.0, -0.5, float("nan"), float("inf")])
def test_a_share_that_is_no_part_is_refused_and_never_taken_for_the_whole(given: float) -> None:
    with pytest.raises(PolicyError, match=f"rate_share of zoom_connection is {given}; give the part"):
        zoom_connection({"access_token": "own", "rate_share": given}, {})


@pytest.mark.parametrize("word", ["fast", "5/s", 0, -1, "0", "nan", "inf", True, [5], {"a": 1}])
def test_another_word_is_refused_with_what_is_known(word: Any) -> None:
    with pytest.raises(
        PolicyError, match=r"^scim_rate of zoom_connection is .*; known are auto and a number of requests a second, such as 5\.$"
    ):
        scim_rate(word)


@pytest.mark.parametrize(
    ("kind", "fits"), [("int", True), ("float", True), ("str", True), ("NoneType", True), ("bool", False), ("dict", False)]
)
def test_the_check_of_a_whole_policy_takes_a_word_or_a_number(kind: str, fits: bool) -> None:
    given = {"connections": {"zoom_connection": {"scim_rate": kind}}}
    if fits:
        read_given(given)
        return
    with pytest.raises(PolicyError, match=f"zoom_connection.scim_rate must be auto or a number, not {kind}"):
        read_given(given)


# The file


def file(folder: Path, tenant: str = TENANT) -> PaceFile:
    return PaceFile(str(folder / "memory.jsonl"), tenant)


def rows(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "pace.json").read_text())["categories"])


def aged(folder: Path, hours: float) -> None:
    data = json.loads((folder / "pace.json").read_text())
    for row in data["categories"].values():
        row["found"] = (datetime.now(timezone.utc) - timedelta(hours=hours)).isoformat(timespec="seconds")
    (folder / "pace.json").write_text(json.dumps(data))


def test_what_one_run_found_the_next_one_begins_with(tmp_path: Path) -> None:
    file(tmp_path).keep({"SCIM": 20.0, "LIGHT": 80.0})
    assert file(tmp_path).limits() == {"SCIM": 20.0, "LIGHT": 80.0}
    assert stat.S_IMODE((tmp_path / "pace.json").stat().st_mode) == 0o600
    file(tmp_path).keep({"MEDIUM": 60.0})
    assert file(tmp_path).limits() == {"SCIM": 20.0, "LIGHT": 80.0, "MEDIUM": 60.0}


def test_after_a_day_it_is_looked_for_anew_though_each_run_has_found_the_same(tmp_path: Path) -> None:
    """A run of seconds tries nothing higher, so that what it finds again is as old as it was."""
    file(tmp_path).keep({"SCIM": 20.0, "LIGHT": 80.0})
    aged(tmp_path, 23)
    before = rows(tmp_path)
    file(tmp_path).keep({"SCIM": 20.0, "LIGHT": 70.0})
    assert (rows(tmp_path)["SCIM"], rows(tmp_path)["LIGHT"]["limit"]) == (before["SCIM"], 70.0)
    aged(tmp_path, 25)
    assert file(tmp_path).limits() == {}
    file(tmp_path).keep({"SCIM": 20.0})
    assert file(tmp_path).limits() == {"SCIM": 20.0}


def test_another_accounts_file_is_not_believed_and_replaced(tmp_path: Path) -> None:
    file(tmp_path, "account-2").keep({"SCIM": 80.0})
    assert file(tmp_path).limits() == {}
    file(tmp_path).keep({"SCIM": 20.0})
    assert (file(tmp_path).limits(), file(tmp_path, "account-2").limits()) == ({"SCIM": 20.0}, {})


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "[]", "{}", "[" * 5000, '{"format": 9}']
    + [
        json.dumps({"format": 1, "tenant": TENANT, "categories": wrong})
        for wrong in (
            [],
            {"SCIM": 5},
            {"SCIM": {"limit": "x", "found": "2026-01-01T00:00:00+00:00"}},
            {"SCIM": {"limit": 5, "found": "soon"}},
        )
    ]
    + [
        json.dumps({"format": 1, "tenant": TENANT, "categories": {"SCIM": {"limit": limit, "found": found}}})
        for limit, found in (
            (0, "2026-01-01T00:00:00+00:00"),
            (1e999, "2026-01-01T00:00:00+00:00"),
            (float("nan"), "2026-01-01T00:00:00+00:00"),
            (10**400, "2026-01-01T00:00:00+00:00"),
            (5, "0001-01-01T00:00:00+23:59"),
            (5, "2999-01-01T00:00:00+00:00"),
            (5, "2026-01-01"),
        )
    ],
)
def test_a_broken_file_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "pace.json").write_text(text)
    assert file(tmp_path).limits() == {}
    file(tmp_path).keep({"SCIM": 20.0})
    assert file(tmp_path).limits() == {"SCIM": 20.0}


def test_a_file_that_others_could_have_written_is_not_believed(tmp_path: Path) -> None:
    file(tmp_path).keep({"SCIM": 80.0})
    (tmp_path / "pace.json").chmod(0o666)
    assert file(tmp_path).limits() == {}


def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path) -> None:
    PaceFile(None, TENANT).keep({"SCIM": 20.0})
    (tmp_path / "pace.json").mkdir()
    file(tmp_path).keep({"SCIM": 20.0})
    assert file(tmp_path).limits() == {}


# A module's run

TOKEN = {"access_token": "a-token-of-nobody", "timeout": 1, "max_attempts": 1, "validate_certs": True}


def of_a_module(folder: Path, *, check: bool) -> tuple[Any, Run]:
    run = Run({**TOKEN, "memory_path": str(folder / "memory.jsonl")}, check, lambda _secret: None)
    return connect_zoom(run), run


def test_a_real_run_keeps_what_it_found_and_check_mode_reads_it_alone(tmp_path: Path) -> None:
    zoom, run = of_a_module(tmp_path, check=False)
    zoom.pace._lanes["SCIM"].search._good = 20.0
    for finish in run.at_end:
        finish()
    kept = (tmp_path / "pace.json").read_bytes()
    zoom, run = of_a_module(tmp_path, check=True)
    assert zoom.pace._lanes["SCIM"].search.limit == 20
    zoom.pace._lanes["SCIM"].search._good = 10.0
    assert run.at_end == []
    assert (tmp_path / "pace.json").read_bytes() == kept


def test_a_number_as_scim_rate_is_neither_remembered_nor_passed_over_for_what_is(tmp_path: Path) -> None:
    file(tmp_path, tenant_of(zoom_connection(TOKEN, {}))).keep({"SCIM": 20.0})
    run = Run({**TOKEN, "scim_rate": "3", "memory_path": str(tmp_path / "memory.jsonl")}, False, lambda _secret: None)
    pace = connect_zoom(run).pace
    assert pace._lanes["SCIM"].search.rate(0) == pytest.approx(3)
    assert "SCIM" not in pace.found
