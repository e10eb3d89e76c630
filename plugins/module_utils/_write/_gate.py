# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What may stand between a plan and its writes."""

from __future__ import annotations

from typing import Protocol

from .._plan._change import Change
from .._transport._errors import ApiError
from ._attempt import Attempt


class Gate(Protocol):
    """What stands between a plan and its writes."""

    def admits(self, attempt: Attempt) -> bool:
        """Whether to try it."""

    def refused(self, attempt: Attempt, error: ApiError) -> bool:
        """Asked at each refusal; whether the attempt asks for something else now and is to be tried once more."""

    def expects(self, error: ApiError) -> bool:
        """Whether the gate itself keeps more of these from being sent, so that they are no sign of something else."""

    def reports(self, attempt: Attempt) -> bool:
        """Asked in the order of the plan, of what was not made: whether the gate has a sentence for it, so that it is no failure."""

    def stops(self, attempt: Attempt) -> bool:
        """Of what the gate reports: whether what comes after in the same account makes no sense, as this was not made."""

    def done(self, change: Change) -> None:
        """Before the state is brought forward."""

    @property
    def later(self) -> list[Change]:
        """What the gate found out to be needed meanwhile."""

    def finish(self) -> None:
        """Once all is tried."""
