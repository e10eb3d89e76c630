# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each action of the table, its write of unknown outcome: it is looked up before it is sent again, made once, and reported as made.

Each action meets one of the ways in which an outcome is unknown, and each way is met; TORTURE=1 in the environment tries all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS
from tiers import TORTURE

from .combinations import ONCE, Combination, Trial, pattern, tried
from .judge import broken, done, same_end
from .kinds import KINDS
from .plays import Entry

AMBIGUOUS = (
    "connection lost before",
    "connection lost after the write",
    "answer too late, write made",
    "502",
    "500 after the write",
    "401 after the write",
    "redirect after the write",
    "HTML after the write",
    "[] after the write",
)  # fmt: skip
pytestmark = pytest.mark.stretched
SHOWS_NOWHERE = ("revoke", "hand_over")  # either may be made twice


@dataclass(frozen=True)
class Way:
    """One way to make a change: in which play, by which endpoint; `path` where others go there too."""

    play: str
    endpoint: str
    path: str = ""
    after: int = 0


WAYS: dict[str, list[Way]] = {
    "revoke": [Way("offboarding", "DELETE /v2/users/*/token")],
    "hand_over": [Way("offboarding", "PUT /scim2/Users/*")],
    "deactivate": [Way("site", "PATCH /scim2/Users/*", "/scim2/Users/z-bob.stone"), Way("offboarding", "PATCH /scim2/Users/*")],
    "disassociate": [Way("alone", "DELETE /v2/users/*", "/v2/users/z-lea.out")],
    "delete": [Way("site", "DELETE /v2/users/*"), Way("alone", "DELETE /v2/users/*", "/v2/users/z-kay.odd")],
    "reactivate": [Way("site", "PATCH /scim2/Users/*", "/scim2/Users/z-gus.ray")],
    "rename": [Way("site", "PUT /v2/users/*/email"), Way("by SCIM", "PUT /scim2/Users/*", "/scim2/Users/z-ada.byron")],
    "update": [Way("site", "PUT /scim2/Users/*"), Way("alone", "PUT /scim2/Users/*")],
    "create": [Way("site", "POST /scim2/Users"), Way("by SCIM", "POST /scim2/Users")],
    "downgrade": [
        Way("site", "PATCH /v2/users/*", "/v2/users/z-fay.lund"),
        Way("by SCIM", "PUT /scim2/Users/*", "/scim2/Users/z-fay.lund"),
    ],
    "license": [
        Way("site", "PATCH /v2/users/*", "/v2/users/z-cleo.park"),
        Way("by SCIM", "PUT /scim2/Users/*", "/scim2/Users/z-cleo.park"),
    ],
    "delete_group": [Way("site", "DELETE /v2/groups/*"), Way("by SCIM", "DELETE /scim2/Groups/*")],
    "rename_group": [Way("site", "PATCH /v2/groups/*"), Way("by SCIM", "PATCH /scim2/Groups/*")],
    "create_group": [Way("site", "POST /v2/groups"), Way("by SCIM", "POST /scim2/Groups"), Way("alone", "POST /v2/groups")],
    "add": [
        Way("site", "POST /v2/groups/*/members"),
        Way("alone", "POST /v2/groups/*/members"),
        Way("by SCIM", "PATCH /scim2/Groups/*", after=1),
    ],
    "remove": [Way("site", "DELETE /v2/groups/*/members/*"), Way("by SCIM", "PATCH /scim2/Groups/*", after=5)],
    "google_create": [Way("alone", "POST /admin/directory/v1/groups")],
    "google_update": [Way("site", "PATCH /admin/directory/v1/groups/*")],
    "google_settings": [Way("site", "PATCH /groups/v1/groups/*"), Way("alone", "PATCH /groups/v1/groups/*")],
    "google_add": [Way("site", "POST /admin/directory/v1/groups/*/members"), Way("alone", "POST /admin/directory/v1/groups/*/members")],
    "google_change_role": [Way("site", "PATCH /admin/directory/v1/groups/*/members/*")],
    "google_remove": [Way("site", "DELETE /admin/directory/v1/groups/*/members/*")],
    "google_delete": [Way("alone", "DELETE /admin/directory/v1/groups/*")],
}


def way_to_lose(action: str, way: Way) -> str:
    """Another one for each, the same every time."""
    ways = [(name, one) for name in WAYS for one in WAYS[name]]
    return AMBIGUOUS[ways.index((action, way)) % len(AMBIGUOUS)]


def test_each_way_to_lose_an_answer_is_met() -> None:
    assert {way_to_lose(action, way) for action, ways in WAYS.items() for way in ways} == set(AMBIGUOUS)


def test_each_action_of_the_table_has_a_way() -> None:
    assert WAYS.keys() == ACTIONS.keys()


@pytest.mark.parametrize("action", WAYS)
def test_a_write_of_unknown_outcome_is_looked_up_made_once_and_reported(
    action: str, record_property: Callable[[str, object], None]
) -> None:
    failures, tries = [], 0
    for way in WAYS[action]:
        for name in AMBIGUOUS if TORTURE else [way_to_lose(action, way)]:
            combination = Combination(way.endpoint, next(kind for kind in KINDS if kind.name == name), ONCE, way.play)
            trial = tried(combination, after=way.after, path=way.path or pattern(way.endpoint))
            failures += [f"{action}, {combination}: {text}" for text in [*broken(trial), *_wrong(trial, action)]]
            tries += 1
    record_property("writes of unknown outcome looked up, made once and reported", tries)
    assert failures == []


def _wrong(trial: Trial, action: str) -> list[str]:
    """What is not as it should be, beside the rules of every fault."""
    found, night = [], trial.faulty
    lost = next((entry for entry in night.entries if entry["fault"]), None)
    if lost is None:
        return ["no write was lost"]
    if not same_end(trial) or night.failed:
        found.append(f"the run did not come to its end: {night.reported or night.stopped}")
    if action not in {row["action"] for row in night.changes}:
        found.append("it is not reported as made")
    if len(_same(done(night), lost)) != 1 and action not in SHOWS_NOWHERE:
        found.append(f"it was made {len(_same(done(night), lost))} times")
    sent = _same(night.entries, lost)
    before = sent[1]["n"] if len(sent) > 1 else night.entries[-1]["n"] + 1
    if not any(entry["kind"] == "read" and lost["n"] < entry["n"] < before for entry in night.entries) and action not in SHOWS_NOWHERE:
        found.append("nothing was read before it was sent again, or reported")
    if len(sent) > 2:
        found.append(f"it was sent {len(sent)} times")
    return found


def _same(entries: list[Entry], wanted: Entry) -> list[Entry]:
    return [entry for entry in entries if all(entry[name] == wanted[name] for name in ("method", "path", "body"))]


def test_a_path_of_one_endpoint_is_none_of_another() -> None:
    assert re.fullmatch(pattern("GET /v2/users/*"), "/v2/users/z-ada")
    assert not re.fullmatch(pattern("GET /v2/users/*"), "/v2/users/summary")
