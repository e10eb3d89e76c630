# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a service answered, and which kind of limit it speaks of where it refuses for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._retry_after import LONGEST_WAIT, retry_after


@dataclass(frozen=True)
class Answer:
    """`data` is the parsed JSON body, None when empty, the text when it is no JSON. `is_json` distinguishes a JSON text from that."""

    status: int
    data: Any
    headers: Mapping[str, str]
    is_json: bool = True

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def is_daily(answer: Answer) -> bool:
    """Whether a limit was met that is lifted with the next day at the earliest. Where headers are missing, the words say so."""
    if answer.headers.get("X-RateLimit-Type", "").lower() == "daily-limit":
        return True
    is_long = (retry_after(answer.headers) or 0) > LONGEST_WAIT and answer.headers.get("X-RateLimit-Type", "").upper() != "QPS"
    return is_long or "daily rate limit" in str(answer.data).lower()


def is_lock(answer: Answer) -> bool:
    """Whether another request about the same object is under way, which has nothing to do with how fast all go."""
    return "concurrent requests" in str(answer.data).lower()
