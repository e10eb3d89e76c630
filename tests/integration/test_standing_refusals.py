# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Red means new: what Zoom refuses for good fails the first run, and then only needs attention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sandbox import Sandbox
from standing_company import Company, accounts_of, given_company

ADA, BOB = "ada.byron@example.com", "bob.oneill@example.com"
Begin = Callable[..., Company]
NO_RATES = {"rate_limits": False, "google_quota": None}
SALES = {"groups": {"groups": [{"name": "Sales", "groups": ["sales@example.com"]}]}}


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    with ExitStack() as stack:

        def start(given: dict[str, Any], switches: Any = None, **policy: Any) -> Company:
            box = stack.enter_context(Sandbox.start(given, {**NO_RATES, **(switches or {})}))
            return Company(box, tmp_path, {"accounts": {"reactivate": True}, **policy})

        yield start


def in_use_elsewhere(begin: Begin, **switches: Any) -> Company:
    """Ada's address has a login at another Zoom account; Bob has an account."""
    given = given_company(["ada.byron", "bob.oneill"], accounts_of(["bob.oneill"]), foreign_logins=[ADA])
    return begin(given, switches)


def refuse(company: Company, method: str, path: str, body: dict[str, Any], status: int = 400) -> None:
    """From now on, until the fault is cleared."""
    company.box.faults.add(method=method, path=path, status=status, body=body, times=None)


def refusals(company: Company) -> list[dict[str, str]]:
    """Rows of the memory about what Zoom refused."""
    return [row for row in company.standing if row.get("action")]


def is_news(company: Company, code: str, writes: int = 1) -> None:
    """One run for real: it fails, and memory knows by which code."""
    assert len(company.run()) == writes, company.results
    assert len(company.failed) == 1, company.results
    assert [row["code"] for row in refusals(company)] == [code]


def is_no_news(company: Company, code: str) -> None:
    """In check mode and for real: no failure, no write, and attention with the time since when."""
    (row,) = refusals(company)
    for check in (True, False):
        assert company.run(check=check) == []
        assert (company.failed, company.changes()) == ([], [])
        (found,) = company.attention(code)
        assert (found["since"], found["action"]) == (row["since"], row["action"])
        assert f"Zoom has refused this since {row['since'][:10]}, so it is tried again after" in found["message"]
    assert refusals(company) == [row]


def test_an_address_that_is_in_use_elsewhere_fails_one_run_and_then_needs_attention(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    is_no_news(company, "address_in_use")
    (told,) = company.attention("address_in_use")
    assert told["message"].startswith(f"{ADA}: the account was not created, because the address has a Zoom login")


def test_after_the_time_it_is_tried_once_more_announced_and_still_no_news(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    (first,) = company.standing
    company.run(check=True, retry_refused_after="0")
    assert (company.changes(), company.failed) == ([("create", ADA)], [])
    assert company.standing == [first], "check mode changes nothing on disk"
    assert len(company.run(retry_refused_after="0")) == 1
    assert company.failed == []
    (row,) = company.standing
    assert (row["since"], row["run"]) == (first["since"], f"night{company.number}")
    is_no_news(company, "address_in_use")


def test_another_refusal_is_news_again(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    refuse(company, "POST", "/scim2/Users", {"detail": "User is inactive or locked.", "status": 400})
    company.run(retry_refused_after="0")
    assert len(company.failed) == 1
    assert [row["code"] for row in company.standing] == ["locked"]


def test_what_zoom_takes_at_last_is_forgotten(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    company.box.zoom.foreign_logins.clear()
    assert len(company.run(retry_refused_after="0")) == 1
    assert (company.failed, company.standing, company.changes()) == ([], [], [("create", ADA)])
    assert (company.run(), company.changes()) == ([], [])


def test_who_leaves_the_scope_is_forgotten_too(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    company.box.google.remove_member("zoom-users@example.com", ADA)
    company.run()
    assert company.standing == []


def test_another_address_is_tried_at_once(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    company.policy["accounts"]["attributes"] = {
        "userName": "primaryEmail == 'ada.byron@example.com' && 'a.byron@example.com' || primaryEmail"
    }
    company.run()
    assert company.changes() == [("create", "a.byron@example.com")]
    assert company.standing == []


def test_a_lost_memory_makes_it_news_once_more(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    for path in company.folder.glob("memory*"):
        path.unlink()
    (company.folder / "accounts.jsonl").unlink()
    is_news(company, "address_in_use")
    is_no_news(company, "address_in_use")


def test_a_memory_with_rows_of_another_form_is_used_without_them(begin: Begin) -> None:
    company = in_use_elsewhere(begin)
    is_news(company, "address_in_use")
    text = company.memory.read_text()
    header, rest = text.split("\n", 1)
    start, end = header.index('"standing": '), header.index("]", header.index('"standing": ')) + 1
    company.memory.write_text(f'{header[:start]}"standing": [7, {{"about": 5}}, {{"code": "x"}}]{header[end:]}\n{rest}')
    is_news(company, "address_in_use")


# each lasting refusal that the sandbox gives


def test_an_address_outside_the_domains(begin: Begin) -> None:
    given = given_company(["ada.byron"], [])
    company = begin(given)
    refuse(company, "POST", "/scim2/Users", {"detail": "Email domain does not match the account's.", "status": 409}, 409)
    is_news(company, "foreign_domain")
    is_no_news(company, "foreign_domain")


def test_an_account_that_zoom_keeps_inactive(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"], status="inactive", force_inactive=True, department="Sales"))
    company = begin(given)
    is_news(company, "force_inactive")
    is_no_news(company, "force_inactive")


def test_a_name_with_an_invalid_word_while_all_else_of_the_account_is_kept_up_to_date(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"], last_name="Former"), blocked_words=["Byron"])
    company = begin(given)
    is_news(company, "name")
    is_no_news(company, "name")
    company.box.google.set_name(ADA, "Ada", "King")
    assert len(company.run()) == 1
    assert (company.failed, company.standing) == ([], [])
    assert company.box.zoom.user(ADA).last_name == "King"


def test_a_rename_to_an_address_that_is_in_use_elsewhere(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"]), foreign_logins=["ada.king@example.com"], sales=["ada.byron"])
    company = begin(given, **SALES)
    company.run()
    company.box.google.rename(ADA, "ada.king@example.com")
    is_news(company, "address_in_use")
    is_no_news(company, "address_in_use")
    company.box.zoom.foreign_logins.clear()
    assert len(company.run(retry_refused_after=0)) == 1
    assert (company.failed, company.standing) == ([], [])


def test_who_gets_the_former_address_of_an_account_that_can_not_be_renamed_waits_without_a_write(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"]), foreign_logins=["ada.king@example.com"])
    company = begin(given)
    company.run()
    company.box.google.rename(ADA, "ada.king@example.com")
    company.box.google.remove_alias(ADA)
    is_news(company, "address_in_use")
    company.box.google.add_user(ADA, given="Adam", family="Byron")
    company.box.google.add_member("zoom-users@example.com", ADA)
    assert company.run() == []
    assert company.failed == []
    assert [row["email"] for row in company.attention("address_waits")] == [ADA]


def test_several_subscriptions(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"]))
    company = begin(given, {"multiple_subscriptions": True}, licenses={"default": "licensed"})
    is_news(company, "subscriptions")
    is_no_news(company, "subscriptions")


def test_several_subscriptions_are_one_condition_of_all_who_ask_for_the_same_licence(begin: Begin) -> None:
    names = ["ada.byron", "bob.oneill", "cleo.park"]
    company = begin(given_company(names, accounts_of(names)), {"multiple_subscriptions": True}, licenses={"default": "licensed"})
    company.run()
    assert len(company.failed) == 1
    assert (company.run(), company.failed, len(company.attention("subscriptions"))) == ([], [], 3)
    assert company.run(retry_refused_after="0")
    assert company.failed == []
    assert (company.run(), company.failed, len(company.attention("subscriptions"))) == ([], [], 3)


def test_the_name_of_a_zoom_group_that_another_one_has(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"]), sales=["ada.byron"])
    company = begin(given, **SALES)
    refuse(company, "POST", "/v2/groups", {"code": 4132, "message": "The group name Sales already exists."}, 409)
    is_news(company, "group_name")
    is_no_news(company, "group_name")
    company.box.faults.clear()
    company.run(retry_refused_after="0")
    assert (company.changes(), company.standing) == ([("add", "Sales"), ("create_group", "Sales")], [])


def test_an_account_that_zoom_lets_into_no_group_while_others_join(begin: Begin) -> None:
    names = ["ada.byron", "bob.oneill"]
    company = begin(given_company(names, accounts_of(names), sales=["ada.byron"]), **SALES)
    refuse(company, "POST", "/v2/groups/[^/]+/members", {"code": 300, "message": "User is inactive or locked."})
    is_news(company, "locked", writes=2)
    company.box.google.add_member("sales@example.com", BOB)
    company.box.faults.clear()
    company.run()
    assert [row["emails"] for row in company.reported("changes") if row["changed"]] == [[BOB]]
    assert (company.failed, [row["email"] for row in company.attention("locked")]) == ([], [ADA])


def test_a_text_that_nobody_knows(begin: Begin) -> None:
    company = begin(given_company(["ada.byron"], []))
    refuse(company, "POST", "/scim2/Users", {"detail": "The stars are not right.", "status": 400})
    is_news(company, "refused_400")
    is_no_news(company, "refused_400")


# what never stands


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"code": 500, "message": "Internal error."}),
        (429, {"code": 429, "message": "You have reached the maximum daily rate limit for this API."}),
        (403, {"code": 200, "message": "No permission."}),
        (404, {"code": 1001, "message": "User does not exist: x."}),
        (400, {"code": 300, "message": "Request body must be in JSON."}),
    ],
)
def test_what_passes_by_itself_or_is_everybodys_is_tried_and_fails_each_time(begin: Begin, status: int, body: dict[str, Any]) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"]))
    company = begin(given, licenses={"default": "licensed", "max_attempts": 1})
    refuse(company, "PATCH", "/v2/users/.*", body, status)
    for _run in range(2):
        assert company.run()
        assert len(company.failed) == 1
        assert refusals(company) == []


def test_a_removal_that_zoom_refuses_is_tried_in_each_run_and_fails_each_run(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"], license="licensed", call_queue_manager=True))
    company = begin(given, licenses={"default": "basic"})
    for _run in range(2):
        assert len(company.run()) == 1
        assert [row["reason"] for row in company.failed] == ["downgrade"]
        assert [row["removes"] for row in refusals(company)] == ["yes"]
    company.run(check=True)
    (row,) = company.reported("changes")
    assert "default: basic; Zoom has refused it since 20" in row["reason"]
    assert row["reason"].endswith(": it manages a call queue or auto-receptionist of Zoom Phone")
    assert "give that to somebody else in Zoom" in company.attention("downgrade")[0]["message"]
    company.box.zoom.change(company.box.zoom.user(ADA), call_queue_manager=False)
    assert (len(company.run()), company.failed, refusals(company)) == (1, [], [])


def test_a_membership_that_zoom_does_not_end_is_known_to_the_next_plan(begin: Begin) -> None:
    given = given_company(["ada.byron", "bob.oneill"], accounts_of(["ada.byron", "bob.oneill"]), sales=["ada.byron"])
    company = begin(given, groups={"groups": [{"name": "Sales", "groups": ["sales@example.com"], "exclusive": True}]})
    company.run()
    company.box.zoom.add_member("Sales", "bob.oneill@example.com")
    company.box.faults.add(method="DELETE", path="/v2/groups/.*", status=400, body={"code": 300, "message": "Not today."}, times=None)
    company.run()
    assert [row["reason"] for row in company.failed] == ["remove"]
    company.run(check=True)
    (row,) = company.reported("changes")
    assert "; Zoom has refused it since " in row["reason"], row


def test_a_removal_goes_on_while_something_else_of_the_same_account_rests(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"], last_name="Former", license="licensed"), blocked_words=["Byron"])
    company = begin(given, licenses={"default": "basic"})
    company.run()
    assert ([row["reason"] for row in company.failed], company.changes()) == (["update"], [("downgrade", ADA)])
    assert (company.run(), company.failed) == ([], [])
    company.box.google.suspend(ADA)
    company.policy["accounts"]["prune"] = True
    company.run()
    assert company.changes() == [("deactivate", ADA)]


def test_what_comes_after_a_refused_change_waits_with_it_in_later_phases_too(begin: Begin) -> None:
    given = given_company(["ada.byron"], accounts_of(["ada.byron"], last_name="Former"), blocked_words=["Byron"], sales=["ada.byron"])
    company = begin(given, licenses={"default": "licensed"}, **SALES)
    company.run()
    assert company.changes() == [("create_group", "Sales")]
    for options in ({}, {"retry_refused_after": "0"}):
        company.run(**options)
        assert (company.failed, company.changes()) == ([], [])


# many


def test_nineteen_of_one_code_stand_and_those_that_are_tried_again_open_no_breaker(begin: Begin) -> None:
    names = [f"p{number}.x" for number in range(30)]
    logins = [f"{name}@example.com" for name in names]
    company = begin(given_company(names, [], foreign_logins=logins[:19]))
    company.run(max_creations="100%")
    assert (len(company.failed), len(company.standing)) == (19, 19)
    company.box.zoom.foreign_logins.update(["q.new@example.com"])
    assert (company.run(), company.failed) == ([], [])
    assert len(company.run(retry_refused_after="0")) == 19
    assert (company.failed, len(company.attention("address_in_use"))) == ([], 19)


def test_resting_creations_count_on_no_limit_and_take_no_seat(begin: Begin) -> None:
    names = [f"p{number}.x" for number in range(30)]
    given = given_company(names, accounts_of(names[10:]), foreign_logins=[f"{name}@example.com" for name in names[:10]])
    given["zoom"]["seats"] = {"licensed": 22, "basic": 99}
    company = begin(given)
    company.policy["accounts"]["licenses"] = {"default": "licensed"}
    company.run()
    assert len(company.failed) == 10
    company.box.google.add_user("new.one@example.com", given="New", family="One")
    company.box.google.add_member("zoom-users@example.com", "new.one@example.com")
    company.run(max_creations="1")
    assert (company.failed, company.changes()) == ([], [("create", "new.one@example.com")])
    assert company.box.zoom.user("new.one@example.com").license.is_paid


def test_a_phase_that_a_breaker_stopped_leaves_nothing_behind(begin: Begin) -> None:
    names = [f"p{number}.x" for number in range(40)]
    company = begin(given_company(names, [], foreign_logins=[f"{name}@example.com" for name in names]))
    company.run()
    assert company.failed[0]["reason"] == "stopped"
    assert company.standing == []


# findings of the plan


def test_a_person_whom_the_mapping_can_not_use_fails_one_run(begin: Begin) -> None:
    company = begin(given_company(["ada.byron", "bob.oneill"], accounts_of(["bob.oneill"])))
    company.policy["accounts"]["attributes"] = {"userName": "'same@example.com'"}
    company.run()
    assert {row["reason"] for row in company.failed} == {"duplicate"}
    for check in (True, False):
        assert company.run(check=check) == []
        assert company.failed == []
        assert all(row["since"] and "it has been reported since" in row["message"] for row in company.attention("duplicate"))
        assert len(company.attention("duplicate")) == 3
    company.policy["accounts"]["attributes"] = {"userName": "primaryEmail"}
    company.run()
    assert company.standing == []


def test_one_fault_of_everybody_stays_red(begin: Begin) -> None:
    names = [f"p{number}.x" for number in range(25)]
    company = begin(given_company(names, accounts_of(names)))
    company.policy["accounts"]["attributes"] = {"userName": "'same@example.com'"}
    for _run in range(2):
        company.run()
        assert len(company.failed) == 26
        assert company.standing == []


def test_what_needs_attention_says_since_when_from_the_second_run_on(begin: Begin) -> None:
    company = begin(given_company(["ada.byron"], accounts_of(["ada.byron"], status="pending")))
    company.run()
    (first,) = company.attention("pending")
    assert "since" not in first
    company.run()
    (second,) = company.attention("pending")
    assert second == {**first, "since": company.standing[0]["since"]}
