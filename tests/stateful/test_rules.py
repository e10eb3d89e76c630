# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that hold can fail too: each is broken by a step whose runs are tampered with after the fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
from playing import SCOPE, account
from sandbox import Sandbox

from . import story as driving
from .memory import Memory
from .rules import Step
from .site import Run
from .test_named import ADA, BOB, story
from .views import AccountView, Watch, ZoomView
from .writes import FORMER_ADDRESS

CLEO = {**ADA, "email": "cleo.park@example.com", "given": "Cleo", "family": "Park"}
THREE = story(
    [ADA, BOB, CLEO],
    [account("ada.byron"), account("bob.stone", license="licensed", role="admin"), account("cleo.park")],
    groups={"zoom-users": ["admin", "bob.stone", "cleo.park"]},
)


def _account(run: Run, email: str) -> AccountView:
    found = run.last.at(email)
    assert found
    return found


def _with(run: Run, email: str, **values: Any) -> None:
    """The account as if the run had left it otherwise."""
    held = _account(run, email)
    changed = replace(held, values={**held.values, **values})
    run.phases[-1].after = ZoomView({**run.last.accounts, held.id: changed}, run.last.groups)


def _second(run: Run, email: str) -> None:
    held = _account(run, email)
    run.phases[-1].after = ZoomView({**run.last.accounts, "second": replace(held, id="second")}, run.last.groups)


def _announce(run: Run) -> None:
    row = {"email": "ada.byron@example.com", "action": "rename", "reason": "address was ada@example.com", "changed": True}
    run.phases[-1].result["changes"].append(row)


def _write(run: Run) -> None:
    body = {"email": "bob.stone@example.com"}
    entry = {"method": "PUT", "path": f"/v2/users/{_account(run, body['email']).id}/email", "body": body, "status": 204, "side": "zoom"}
    run.phases[-1].writes.append(entry)


def _limit(step: Step) -> None:
    step.site.policy = {**step.site.policy, "max_deactivations": "0"}


def _rename_limit(step: Step) -> None:
    """Bob as if the account phase had renamed him."""
    step.site.policy = {**step.site.policy, "max_renames": "0"}
    phase = next(phase for phase in step.real.phases if phase.module == "zoom_scim_users")
    held = _account(step.real, "bob.stone@example.com")
    moved = replace(held, values={**held.values, "email": "x-bob.stone@example.com"})
    phase.after = ZoomView({**phase.after.accounts, held.id: moved}, phase.after.groups)


def _gain_limit(step: Step) -> None:
    step.site.policy, step.completed_before = {**step.site.policy, "max_creations": "0"}, True
    phase = next(phase for phase in step.real.phases if phase.module == "zoom_scim_users")
    held = _account(step.real, "bob.stone@example.com")
    phase.before = ZoomView({key: other for key, other in phase.before.accounts.items() if key != held.id}, phase.before.groups)


def _hold(step: Step) -> None:
    step.real.phases[-2].result["failed_items"].append({"email": "bob.stone@example.com", "message": ""})
    _write(step.real)


def _room(step: Step) -> None:
    """Bob's account as if it were a Zoom Room that the second run asks for again."""
    held = _account(step.real, "bob.stone@example.com")
    step.real.phases[-1].after = ZoomView({**step.real.last.accounts, held.id: replace(held, room=True)}, step.real.last.groups)
    _write(step.again)
    step.again.phases[-1].writes[-1]["status"] = 400


def _as_another_s(step: Step) -> None:
    key = _account(step.real, "bob.stone@example.com").id
    step.left = Memory({**step.left.owners, key: next(person.id for person in step.people if person.email == "ada.byron@example.com")})


def _unclear(step: Step) -> None:
    held = _account(step.real, "bob.stone@example.com")
    bob = next(person.id for person in step.people if person.email == held.email)
    step.remembered = Memory({held.id: bob}, {held.id: held.email})
    step.real.phases[-1].result["attention"].append({"email": held.email, "reason": "maybe_renamed", "message": "Who is Bob?"})


TAMPERED: dict[str, Callable[[Step], None]] = {
    "a run ends early only": lambda step: setattr(step.real, "stopped", "for no reason"),
    "check mode writes nothing": lambda step: _write(step.check),
    "what check mode announces": lambda step: _announce(step.check),
    "what the run says": lambda step: _announce(step.real),
    "a second run changes nothing": lambda step: _write(step.again),
    "nobody in scope is without": lambda step: _with(step.real, "cleo.park@example.com", status="inactive"),
    "whom the mapping names": lambda step: _with(step.real, "cleo.park@example.com", first_name="Nick"),
    "nobody protected loses": lambda step: _with(step.real, "bob.stone@example.com", type=1),
    "what Zoom has refused once": _room,
    "who failed or was blocked": _hold,
    "no address has two accounts": lambda step: _second(step.real, "bob.stone@example.com"),
    "nobody gets a second account": lambda step: _second(step.real, "bob.stone@example.com"),
    "no write without": lambda step: step.real.idle.append("PUT"),
    "no removal above a limit": _limit,
    "no removal above a limit: max_renames": _rename_limit,
    "no update, creation or reactivation above a limit": _gain_limit,
    "whom the last run knew is not unclear": _unclear,
    "what a run leaves of whose an account is": _as_another_s,
    "whoever has an account by the policy is remembered": lambda step: setattr(step, "left", Memory()),
    "the journal shows every difference": lambda step: step.again.last_google[SCOPE].update(somebody="MEMBER"),
    "the journal shows": lambda step: _with(step.again, "bob.stone@example.com", department="Unheard of"),
}


@pytest.mark.parametrize("text", TAMPERED)
def test_a_rule_names_what_breaks_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = driving._step
    driving.live(THREE)

    def tampered(site: Any) -> Step:
        step = whole(site)
        TAMPERED[text](step)
        return step

    monkeypatch.setattr(driving, "_step", tampered)
    with pytest.raises(driving.Broken) as broken:
        driving.live(THREE)
    wanted, _colon, option = text.partition(": ")
    assert [rule for rule in broken.value.rules if rule.startswith(wanted)], broken.value
    assert option in str(broken.value)


def test_a_write_that_changes_nothing_is_seen() -> None:
    with Sandbox.start(THREE.world.seed, {"rate_limits": False}) as box:
        watch = Watch(box)
        key, zoom = box.zoom.user("ada.byron@example.com").id, box.connections()["zoom_connection"]
        token = requests.post(
            zoom["oauth_url"], {"grant_type": "account_credentials", "account_id": zoom["account_id"]},
            auth=(zoom["client_id"], zoom["client_secret"]), timeout=10,
        ).json()["access_token"]  # fmt: skip
        for first_name, idle in (("Ada", 1), ("Nick", 0), ("Nick", 1)):
            watch.start()
            answer = requests.patch(
                f"{box.url}/v2/users/{key}", json={"first_name": first_name}, headers={"Authorization": f"Bearer {token}"}, timeout=10
            )
            assert (answer.status_code, len(watch.idle)) == (204, idle)


@pytest.mark.parametrize(
    "reason",
    [
        "address was ada@example.com",
        "address was ada@example.com, remembered",
        "drift: email changed in Zoom since the last run (address was Ada@example.com)",
        "drift: email changed in Zoom since the last run (address was Ada@example.com, remembered)",
    ],
)
def test_the_former_address_of_an_announced_rename_is_read_out_of_its_reason(reason: str) -> None:
    former = FORMER_ADDRESS.search(reason)
    assert former and former[1].lower() == "ada@example.com"
