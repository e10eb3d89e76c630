# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A write of unknown outcome: when it is repeated, and what counts in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    OutcomeUnknown,
    RateLimited,
    UnexpectedAnswer,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _proof

LOST = OutcomeUnknown("No answer.")
TAKEN = ApiError("Zoom", "POST", "/scim2/Users", 400, "", "already in use")
LIMITED = RateLimited("Zoom", "POST", "/scim2/Users", 429, "429", "Wait.")


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found = list[float]()
    monkeypatch.setattr(_proof.time, "sleep", found.append)
    return found


def each(*steps: Any) -> Callable[[], Any]:
    """A function that returns, or raises, one after another."""
    left: Iterator[Any] = iter(steps)

    def step() -> Any:
        found = next(left)
        if isinstance(found, Exception):
            raise found
        return found

    return step


def test_what_a_later_read_shows_is_not_written_again(waits: list[float]) -> None:
    assert _proof.once_or_proven(each(LOST), each(None, None, {"id": "1"})) == {"id": "1"}
    assert waits == [0.5, 1.0]


def test_what_no_read_shows_is_written_once_more() -> None:
    assert _proof.once_or_proven(each(LOST, {"id": "2"}), each(*[None] * 4)) == {"id": "2"}


def test_a_second_write_that_is_refused_because_the_first_was_made_is_done() -> None:
    assert _proof.once_or_proven(each(LOST, TAKEN), each(*[None] * 4, {"id": "1"})) == {"id": "1"}


@pytest.mark.parametrize(("refusal", "reads"), [(TAKEN, 8), (LIMITED, 4)])
def test_a_second_write_that_is_refused_and_shows_nowhere_is_refused(refusal: ApiError, reads: int) -> None:
    with pytest.raises(type(refusal)):
        _proof.once_or_proven(each(LOST, refusal), each(*[None] * reads))


def test_a_first_write_that_is_refused_is_refused_without_a_read() -> None:
    with pytest.raises(ApiError):
        _proof.once_or_proven(each(TAKEN), each())


def test_a_write_that_can_not_be_read_back_is_of_unknown_outcome() -> None:
    with pytest.raises(OutcomeUnknown, match="Whether"):
        _proof.seen(each(UnexpectedAnswer("Zoom answered GET /v2/users/1 in an unknown form (a list).")))
    assert _proof.seen(each(7)) == 7
