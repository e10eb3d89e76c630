# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Good documents made bad: something else in the place of one or two of their parts, or bytes cut out, added and changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from tiers import more

EXAMPLES = more(50, 3000)
_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def bounded(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.stretched(settings(max_examples=EXAMPLES, suppress_health_check=_FINE)(test))


ODD = ["", "a@b.c", "NaN", "\x00", "\ud800", "-1", "9" * 40, "1" * 5000, "2026-01-01", "x" * 70_000]
TEXTS = st.text(st.characters(), max_size=8) | st.sampled_from(ODD)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ANYTHING = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a document, as its container and its key."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()):
        yield value, key
        yield from places(inner)


@st.composite
def mangled(draw: st.DrawFn, good: Any) -> Any:
    """One or two parts replaced, left out or said twice."""
    document = [copy.deepcopy(good)]
    for _time in range(draw(st.integers(1, 2))):
        container, key = draw(st.sampled_from(range(1000)).map(lambda number: (found := list(places(document)))[number % len(found)]))
        how = draw(st.sampled_from(["other", "other", "gone", "twice"]))
        if how == "gone" and container is not document:
            del container[key]
        elif how == "twice" and isinstance(container, list):
            container.append(container[key])
        else:
            container[key] = draw(ANYTHING)
    return document[0]


@st.composite
def torn(draw: st.DrawFn, good: bytes) -> bytes:
    """Cut anywhere, with something else in the middle."""
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(start + 60, len(good))))
    middle = draw(st.binary(max_size=6) | st.sampled_from([b"\n", b'"', b"{", b"[" * 5000, b"\xff", b"NaN", b"\x00", b""]))
    middle = draw(st.binary(max_size=6) | st.sampled_from([b"\n", b'"', b"{", b"[" * 5000, b"\xff", b"NaN", b"\x00", b""]))
    return good[:start] + middle + good[end:]
