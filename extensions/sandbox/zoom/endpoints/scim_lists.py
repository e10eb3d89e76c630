# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM2 lists: startIndex and count, and the one-attribute filters (section 4.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.responses import Response

from ...frame.refusal import Refusal
from ..rules.errors import scim_error
from .endpoint import SCIM_JSON, Call, answer
from .scim_fields import LIST_RESPONSE

Row = TypeVar("Row")
MOST = 100
_FILTER = re.compile(r'\s*(?P<name>\S+)\s+eq\s+(?P<value>"(?:[^"\\]|\\.)*"|[^"]+?)\s*')


def read_filter(call: Call, names: tuple[str, ...], refuse: Callable[[str], Refusal]) -> tuple[str, str] | None:
    """Name and value of the filter; quoted or not. Anything but `name eq value` of the given names is refused."""
    text = call.query.get("filter", "")
    if not text.strip():
        return None
    match = _FILTER.fullmatch(text)
    named = match["name"] if match else text.split()[0]
    if match is None or named not in names or re.search(r"\s(and|or)\s", match["value"]):
        raise refuse(named if named not in names else text)
    value = match["value"]
    if value.startswith('"'):
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    return named, value


def same(call: Call, left: str, right: str) -> bool:
    if call.switches["filter_letter_case"] == "exact":
        return left == right
    return left.lower() == right.lower()


def listing(call: Call, rows: Sequence[Row], render: Callable[[Row], dict[str, Any]]) -> Response:
    start, count = max(_number(call, "startIndex", 1), 1), max(_number(call, "count", 1), 0)
    if count > MOST and call.switches["count_over_100"] == 400:
        raise scim_error(400, "Validation Failed.")
    count = min(count, MOST, call.switches["page_size"] or MOST)
    page = [render(row) for row in rows[start - 1 : start - 1 + count]]
    body = {
        "schemas": [LIST_RESPONSE],
        "totalResults": len(rows) + (0 if call.query.get("filter") else call.switches["total_records_extra"]),
        "startIndex": start,
        "itemsPerPage": len(page),
        "Resources": page,
    }
    return answer(body, media_type=SCIM_JSON)


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise scim_error(400, "Validation Failed.")
    return int(text)
