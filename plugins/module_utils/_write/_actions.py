# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What it takes to do an action. Each side has a table of its own, so that a module loads no other one's calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from ._attempt import Answered, Attempt


class Scim(Enum):
    """Whether an action of an account is written by SCIM."""

    NEVER = "never"
    WITHOUT_REST = "where REST can't be used"
    ALWAYS = "always"


@dataclass(frozen=True)
class Write:
    """`perform` makes the calls; ApiError when refused, NotDone when the answer shows another state.

    `proof`, after an unknown outcome: what there is if it was made, None if it was not. `effect` takes it into the state.
    `gone_is_done`: a refusal because there is nothing to remove is as good as a removal.
    `lines`: in how many lines the changes of one subject are made side by side, by that client.
    """

    perform: Callable[[Any, Attempt], Answered]
    proof: Callable[[Any, Attempt], Answered | None]
    effect: Callable[[Any, Attempt], None]
    scim: Scim = Scim.NEVER
    gone_is_done: bool = False
    lines: Callable[[Any], int] = lambda _client: 1


Writes: TypeAlias = Mapping[str, Write]
