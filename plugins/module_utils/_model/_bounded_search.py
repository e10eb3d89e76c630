# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""JMESPath with an end: an expression over what many people can write takes bounded steps and gives a bounded result. Pure.

The language has neither loops nor patterns. What grows is what is named again and again, `[@,@]|[@,@]|...`, and what is listed inside of
lists; both are counted here, so that no step works on more than a limit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

MOST_STEPS = 20_000  # an ordinary expression takes some ten
MOST_INSIDE = 1_200_000  # items and characters that a step works on
MOST_GIVEN = 20_000  # items and characters of a result


class OutOfBounds(Exception):
    """The text says what there is too much of."""


with suppress(ImportError):  # a module that uses it reports that it is missing (_transport/_libraries.py)
    from jmespath.exceptions import JMESPathError
    from jmespath.visitor import TreeInterpreter

    class Interpreter(TreeInterpreter):  # type: ignore[misc]
        """Of one search."""

        def __init__(self) -> None:
            super().__init__()
            self._steps = 0

        def visit(self, node: Mapping[str, Any], *args: Any, **options: Any) -> Any:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise OutOfBounds(f"it takes more than {MOST_STEPS:,} steps")
            return super().visit(node, *args, **options)

        def visit_multi_select_list(self, node: Mapping[str, Any], value: Any) -> Any:
            return _bounded(super().visit_multi_select_list(node, value), MOST_INSIDE)

        def visit_multi_select_dict(self, node: Mapping[str, Any], value: Any) -> Any:
            return _bounded(super().visit_multi_select_dict(node, value), MOST_INSIDE)

        def visit_function_expression(self, node: Mapping[str, Any], value: Any) -> Any:
            return _bounded(super().visit_function_expression(node, value), MOST_INSIDE)


def search(parsed: Mapping[str, Any], user: Mapping[str, Any]) -> Any:
    """JMESPathError, OutOfBounds, or what the expression gives."""
    try:
        return _bounded(Interpreter().visit(parsed, user), MOST_GIVEN)
    except JMESPathError:  # a ValueError as well
        raise
    except RecursionError:
        raise OutOfBounds("it is nested too deeply") from None
    except (OverflowError, TypeError, ValueError, AttributeError) as error:
        # the library takes for granted that numbers are small, and that what can be compared is of one type
        raise OutOfBounds(f"it can't work on these values ({type(error).__name__})") from None


def _bounded(value: Any, most: int) -> Any:
    """The value, if there is no more of it than `most` items and characters, what is there twice counted twice."""
    left, todo = most, [value]
    while todo:
        item = todo.pop()
        left -= 1
        if isinstance(item, str):
            left -= len(item)
        elif isinstance(item, Mapping):
            left -= sum(map(len, item))
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, float) and not math.isfinite(item):
            raise OutOfBounds("it gives a number that is none")
        if left < 0 or len(todo) > most:
            raise OutOfBounds(f"it gives more than {most:,} items and characters")
    return value
