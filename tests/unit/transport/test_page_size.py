# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many users a page is asked for, by what a tenant gives: never a request more than pages of 300 take, but for one refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError, ScopeMissing
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import Aside
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import Zoom, open_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_credentials import ZoomConnection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_page_size import MOST, PAGE, PageSize
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_rest import ZoomRest
from sandbox import Sandbox

ACTIVE, INACTIVE = 2100, 700
USERS = "/v2/users"


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    owner = {"email": "admin@example.com", "role": "owner", "license": "licensed"}
    active = [owner, *({"email": f"p{number}@example.com"} for number in range(ACTIVE - 1))]
    inactive = [{"email": f"q{number}@example.com", "status": "inactive"} for number in range(INACTIVE)]
    seed = {"google": {"users": []}, "zoom": {"users": [*active, *inactive], "seats": {"licensed": 5, "basic": 9000}}}
    with Sandbox.start(seed, {"rate_limits": False}) as box:
        yield box


@pytest.fixture
def box(company: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    company.ledger.clear()
    company.faults.clear()
    company.switches["most_users"] = 300
    return company


def zoom(box: Sandbox, known: int | None = None) -> Zoom:
    given = box.connections()["zoom_connection"]
    names = ("account_id", "client_id", "client_secret")
    connection = ZoomConnection(box.url, given["oauth_url"], *(given[name] for name in names), rate_plan="business")
    found = open_zoom(connection, HttpOptions(), lambda secret: None)
    found.rest.page_size.known = known
    return found


def read(client: Zoom) -> tuple[int, int]:
    active, inactive = (client.rest.users(status, lambda row: row["email"]) for status in ("active", "inactive"))
    return len(set(active)), len(set(inactive))


def sizes(box: Sandbox) -> list[int]:
    return [int(entry["query"]["page_size"][0]) for entry in box.ledger.reads("zoom")]


@pytest.mark.parametrize(
    ("most", "asked", "known"),
    [
        (300, [MOST] * 7 + [PAGE] * 3, None),
        (2000, [MOST] * 3, MOST),
        ("refused", [MOST] + [PAGE] * 7 + [PAGE] * 3, PAGE),
    ],
)
def test_more_is_asked_for_and_the_answer_believed(box: Sandbox, most: Any, asked: list[int], known: int | None) -> None:
    box.switches["most_users"] = most
    client = zoom(box)
    assert read(client) == (ACTIVE, INACTIVE)
    assert (sizes(box), client.rest.page_size.known) == (asked, known)
    assert len(asked) <= ceil(ACTIVE / 300) + ceil(INACTIVE / 300) + (most == "refused")


def test_a_tenant_that_was_found_to_refuse_is_not_asked_again(box: Sandbox) -> None:
    box.switches["most_users"] = "refused"
    assert read(zoom(box, PAGE)) == (ACTIVE, INACTIVE)
    assert sizes(box) == [PAGE] * 10


def test_a_tenant_that_was_found_to_give_more_is_asked_for_it_by_each_list(box: Sandbox) -> None:
    box.switches["most_users"] = 2000
    client = zoom(box, MOST)
    assert len(client.rest.users("inactive", dict)) == INACTIVE
    assert sizes(box) == [MOST]


def test_a_list_that_is_cut_at_300_rows_is_read_again_in_pages_of_300(box: Sandbox) -> None:
    box.faults.add(path=USERS, edit="last_page", times=1)
    client = zoom(box)
    assert len(client.rest.users("active", dict)) == ACTIVE
    assert (sizes(box), client.rest.page_size.known) == ([MOST] + [PAGE] * 7, PAGE)


@pytest.mark.parametrize(("status", "code"), [(403, 300), (404, 1001), (429, 429)])
def test_another_refusal_is_none_of_the_size(status: int, code: int) -> None:
    size = PageSize()
    assert not size.refused(MOST, ApiError("Zoom", "GET", USERS, status, str(code), "Validation Failed."))
    assert not size.refused(MOST, ScopeMissing("Zoom", "GET", USERS, 400, "4711", "does not contain scopes"))
    assert size.known is None


@pytest.mark.parametrize(("status", "code"), [(400, 200), (400, ""), (413, ""), (422, 3000)])
def test_whatever_code_a_size_is_refused_with_the_list_is_read_in_smaller_pages(box: Sandbox, status: int, code: Any) -> None:
    box.faults.add(path=USERS, status=status, body={"code": code, "message": "Invalid field."}, times=1)
    client = zoom(box)
    assert len(client.rest.users("active", dict)) == ACTIVE
    assert (sizes(box), client.rest.page_size.known) == ([MOST] + [PAGE] * 7, PAGE)


def test_a_page_of_300_that_is_refused_is_not_asked_for_again(box: Sandbox) -> None:
    box.faults.add(path=USERS, status=400, body={"code": 300, "message": "Validation Failed."}, times=None)
    with pytest.raises(ApiError, match="Validation Failed"):
        zoom(box).rest.users("active", dict)
    assert sizes(box) == [MOST, PAGE]


def test_a_page_later_on_that_is_refused_too_ends_the_list(box: Sandbox) -> None:
    box.faults.add(path=USERS, status=400, body={"code": 300, "message": "Validation Failed."}, after=1, times=None)
    with pytest.raises(ApiError, match="Validation Failed"):
        zoom(box).rest.users("active", dict)
    assert sizes(box) == [MOST, MOST, PAGE]


def test_a_size_that_is_refused_from_the_second_page_on_has_the_list_read_from_its_beginning(box: Sandbox) -> None:
    box.switches["most_users"] = 2000
    box.faults.add(path=USERS, status=400, body={"code": 300, "message": "Validation Failed."}, after=1, times=1)
    client = zoom(box)
    assert len(client.rest.users("active", dict)) == ACTIVE
    assert sizes(box) == [MOST, MOST] + [PAGE] * 7


def test_a_total_that_is_never_reached_does_not_make_pages_smaller(box: Sandbox) -> None:
    box.switches["most_users"] = 2000
    box.switches["total_records_extra"] = 1
    client = zoom(box)
    assert len(client.rest.users("active", dict, Aside())) == ACTIVE
    assert (sizes(box), client.rest.page_size.known) == ([MOST] * 4, MOST)
    box.switches["total_records_extra"] = 0


def listing(sent: list[int], most: int, given: int, *, cut: bool = False) -> Any:
    """Zoom, where a page that is asked for more than `most` rows holds `given`; with `cut`, and names no next one."""

    def send(_method: str, _path: str, _category: str, *, query: Mapping[str, Any], **_more: Any) -> dict[str, Any]:
        size, start = query["page_size"], int(query.get("next_page_token") or 0)
        end = start + (given if size > most else size)
        sent.append(size)
        rows = [{"id": f"u{n}", "email": f"p{n}@x.com"} for n in range(start, min(end, ACTIVE))]
        ends = end >= ACTIVE or (cut and size > most)
        return {"users": rows, "total_records": ACTIVE, "next_page_token": "" if ends else str(end)}

    return send


@pytest.mark.parametrize("given", [300, 500, 1000])
def test_a_list_that_is_cut_at_any_size_is_read_again_in_pages_of_300(given: int) -> None:
    sent: list[int] = []
    assert len(ZoomRest(listing(sent, 300, given, cut=True)).users("active", dict)) == ACTIVE
    assert sent == [MOST] + [PAGE] * 7


def test_a_tenant_that_gives_its_default_for_a_size_that_it_does_not_take_is_read_in_pages_of_300() -> None:
    sent: list[int] = []
    rest = ZoomRest(listing(sent, 300, 30))
    assert len(rest.users("active", dict)) == ACTIVE
    assert (sent, rest.page_size.known) == ([MOST] + [PAGE] * 7, PAGE)


def test_pages_of_other_sizes_than_were_asked_for_are_read_on_as_they_are() -> None:
    sent: list[int] = []
    rest = ZoomRest(listing(sent, 1000, 700))
    assert len(rest.users("active", dict)) == ACTIVE
    assert (sent, rest.page_size.known) == ([MOST] * 3, MOST)


def test_other_lists_are_asked_for_300_rows(box: Sandbox) -> None:
    assert zoom(box, MOST).rest.groups() == []
    assert sizes(box) == [PAGE]
