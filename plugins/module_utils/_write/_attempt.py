# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One change on its way to Zoom or Google."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from .._model._account import Account
from .._plan._change import Change
from .._plan._outcome import Finding
from .._transport._breaker import Breaker
from .._transport._errors import ApiError

Answered: TypeAlias = "dict[str, Any]"


class NotDone(Exception):
    """The API answered success and changed nothing, or something else."""


@dataclass(frozen=True)
class LeftOut:
    """A member who did not join. `refusal`: what was raised; without one, Zoom accepted the request and left the account out."""

    member: Account
    refusal: ApiError | None = None


@dataclass(slots=True)
class Attempt:
    """`planned`: as the plan has it. `change`: as it is asked for now, and in the end as it was made: without what was refused.

    `answered`: what the API answered, None where it was not made. `error`: the sentence why not; `refusal`: what was raised.
    `partly`: what refused a part, the rest of which was made. `idle`: the API took it and changed nothing. `remarks`: what is to be said
    of it all the same. `left_out`: of a group's members, those who did not join.
    `breaker`: shared with all others; `counted`: its parts were counted one by one. `untried`: it stood behind an open breaker;
    `not_tried`: of a group's members, those who did, or who stood behind a daily limit (`spent`).
    `others`: why it is not this run's, where it was found to be there when it was asked for. `lost`: a request for it may have made it
    all the same, so that what is found is this run's.
    """

    planned: Change
    change: Change
    answered: Answered | None = None
    error: str = ""
    refusal: Exception | None = None
    partly: ApiError | None = None
    idle: bool = False
    others: str = ""
    lost: bool = False
    journal: str = ""
    remarks: list[Finding] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    breaker: Breaker = field(default_factory=Breaker)
    counted: bool = False
    untried: bool = False
    not_tried: list[Account] = field(default_factory=list)
    spent: ApiError | None = None

    def ask(self, **fields: Any) -> None:
        """From now on it asks for something else."""
        self.change = replace(self.change, **fields)

    @property
    def account_id(self) -> str:
        return self.change.account.id if self.change.account else ""

    @property
    def left(self) -> frozenset[str]:
        """Paths of attributes that were planned and are not asked for any more."""
        return frozenset(self.planned.values) - frozenset(self.change.values)
