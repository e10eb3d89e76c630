# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides as snapshots carry them from one phase to the next."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import people_from, some
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, PEOPLE, Snapshot
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant, tenant_from
from directory_people import ada


def test_a_snapshot_of_people_is_the_whole_directory_with_what_rules_may_name() -> None:
    about = {
        "groups": ["g@x.com"],
        "org_units": ["/"],
        "fields": ["name"],
        "absent": ["gone@x.com"],
        "confirm_limit": 200,
        "matching": {"identity": "employeeNumber"},
        "set_aside": [{"kind": "person"}],
        "doubtful": ["the list moved"],
    }
    people = people_from(Snapshot(PEOPLE, "t", [ada()], about))
    assert (people.everyone, people.known, people.whole) == ([ada()], [ada()], True)
    assert (people.groups, people.org_units, people.fields, people.absent) == ({"g@x.com"}, {"/"}, {"name"}, {"gone@x.com"})
    assert (people.confirm_limit, people.matching) == (200, Matching(identity=True))
    assert (people.set_aside, people.doubtful) == ([{"kind": "person"}], ["the list moved"])


def test_a_snapshot_without_a_word_about_itself_doubts_nothing_and_confirms_nothing() -> None:
    people = people_from(Snapshot(PEOPLE, "t", [], {}))
    assert (people.absent, people.confirm_limit, people.set_aside, people.doubtful) == (frozenset(), 0, [], [])


def test_of_a_list_of_a_few_nobody_can_tell_who_there_is() -> None:
    assert (some([ada()]).everyone, some([ada()]).known) == ([ada()], None)


def test_a_tenant_comes_back_from_its_snapshot_as_it_was() -> None:
    groups = [{"kind": "group", "email": "Sales"}, {"kind": "account", "email": "ada@x.com"}]
    tenant = Tenant(
        "t", [Account("z1", "ada@x.com", "active")], {"g1": "Staff"}, {"licensed": {"bought": 1}}, set_aside=groups, doubtful=["why"],
        gone=["bob@x.com"], run_id="r1", hypothetical=True,
    )  # fmt: skip
    snapshot = tenant.snapshot()
    assert (snapshot.kind, snapshot.run_id, snapshot.hypothetical) == (ACCOUNTS, "r1", True)
    assert "said_full" not in snapshot.about and snapshot.about["base_plan"] is None
    assert tenant_from(snapshot) == tenant
    assert tenant_from(snapshot).unread_groups == {"Sales"}
    nothing_read = Tenant("t")
    assert tenant_from(nothing_read.snapshot()) == nothing_read, "groups that can't be read are not no groups"
