# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits: what a fault may do to the real answer. An answer without a body, or without what an edit is about, stays as it is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

ROWS = ("users", "groups", "members", "Resources", "domains", "organizationUnits")
TOKENS = ("nextPageToken", "next_page_token")
TOTALS = ("total_records", "totalResults")
Row = dict[str, Any]


def _cut(raw: bytes, _hit: int) -> bytes:
    return raw[: len(raw) // 2]


def _not_a_number(raw: bytes, _hit: int) -> bytes:
    return _with_member(raw, "NaN")


def _deep(raw: bytes, _hit: int) -> bytes:
    return _with_member(raw, "[" * 200 + "]" * 200)


def _packed_cut(raw: bytes, _hit: int) -> bytes:
    return gzip.compress(raw)[:-9]


def _packed_broken(raw: bytes, _hit: int) -> bytes:
    packed = gzip.compress(raw)
    return packed[:10] + bytes(byte ^ 0xFF for byte in packed[10:])


def _packed_bomb(raw: bytes, _hit: int) -> bytes:
    """A megabyte that holds a gigabyte: packed parts, one after the other, are one body."""
    return gzip.compress(raw) + gzip.compress(b" " * 2**20) * 1024


def _with_member(raw: bytes, value: str) -> bytes:
    """Before all others, so that these are as they were."""
    text = raw.decode().lstrip()
    if not text.startswith("{"):
        return raw
    return f'{{"extra": {value}{"" if text[1:].lstrip().startswith("}") else ","}{text[1:]}'.encode()


def _edited(change: Callable[[Row, int], Row]) -> Callable[[bytes, int], bytes]:
    def edit(raw: bytes, hit: int) -> bytes:
        try:
            answer = json.loads(raw)
        except ValueError:
            return raw
        return json.dumps(change(answer, hit)).encode() if isinstance(answer, dict) else raw

    return edit


def _other_types(answer: Row, _hit: int) -> Row:
    return {name: _of_another_type(value) for name, value in answer.items()}


def _of_another_type(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return {"a": value}
    return {str: 7, int: ["x"], float: ["x"], list: {"a": 1}, dict: ["x"]}[type(value)]


def _other_types_in_rows(answer: Row, hit: int) -> Row:
    return _with_rows(answer, lambda rows: [_other_types(row, hit) if isinstance(row, dict) else row for row in rows])


def _with_rows(answer: Row, change: Callable[[list[Any]], list[Any]]) -> Row:
    return {name: change(value) if name in ROWS and isinstance(value, list) else value for name, value in answer.items()}


def _skip_row(answer: Row, _hit: int) -> Row:
    return _with_rows(answer, lambda rows: rows[1:])


def _repeat_rows(answer: Row, _hit: int) -> Row:
    return _with_rows(answer, lambda rows: [*rows, *rows])


def _no_rows(answer: Row, _hit: int) -> Row:
    kept = {name: value for name, value in answer.items() if name not in TOKENS}
    return {**_with_rows(kept, lambda _rows: []), **{name: 0 for name in TOTALS if name in answer}}


def _last_page(answer: Row, _hit: int) -> Row:
    return {name: value for name, value in answer.items() if name not in TOKENS}


def _no_total(answer: Row, _hit: int) -> Row:
    return {name: value for name, value in answer.items() if name not in TOTALS}


def _endless(answer: Row, hit: int) -> Row:
    return {**answer, **{name: f"page-{hit}" for name in TOKENS}}


EDITS: dict[str, Callable[[bytes, int], bytes]] = {
    "cut": _cut,
    "deep": _deep,
    "endless": _edited(_endless),
    "last_page": _edited(_last_page),
    "packed_bomb": _packed_bomb,
    "packed_broken": _packed_broken,
    "packed_cut": _packed_cut,
    "nan": _not_a_number,
    "no_rows": _edited(_no_rows),
    "no_total": _edited(_no_total),
    "repeat_rows": _edited(_repeat_rows),
    "row_types": _edited(_other_types_in_rows),
    "skip_row": _edited(_skip_row),
    "types": _edited(_other_types),
}
"""Each takes the body and the number of the hit."""
