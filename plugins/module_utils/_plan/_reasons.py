# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Why a change is made, for people. Rows keep the reason as programs know it. Pure."""

from __future__ import annotations

import re

from .._model._variables import VARIABLES
from ._removals import WORDS, excluded_by

_PLAIN = {
    **WORDS,
    "out_of_scope": "out of scope",
    "excluded": "excluded from the scope",
    "offboarded": "named to be offboarded",
    "does not exist": "does not exist yet",
    "mapped": "does not exist yet",
    "matches": "matches the group's rules",
    "does not match": "does not match the group's rules",
    "listed": "named in the list",
    "not listed": "not named in the list",
    "listed with another role": "named in the list with another role",
    "undo of its creation": "created by the run that is undone",
}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_DRIFTED = re.compile(r"drift: (.+) changed in Zoom since the last run \((.*)\)", re.DOTALL)
_GONE = "the account was removed:"
_FORMS = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (r"default: (.+)", r"the default licence is \1"),
        (r"reclaim \((no sign-in since .+)\): .+", r"\1"),
        (r"(rule \d+(?: \(.*\))?): no seat of (.+), so (.+)", r"licence \1 gives \2, but no seat is free, so \3"),
        (r"(rule \d+(?: \(.*\))?): (.+)", r"licence \1 gives \2"),
        (r"policy says (.+)", r"the licence policy gives \1"),
        (r"address was .+, remembered", "still has the former address, known from an earlier run"),
        (r"address was .+", "still has the former address"),
        (r"was (.+)", r"still has the former name \1"),
        (r"undo(: |, address was ).+", "undo"),
    )
)
_FOR_ANOTHER = ", for a new account"
# Behind the reason of a removal, until the end.
REFUSED, REFUSES = "; Zoom has refused it since ", "; Zoom is known to refuse it while "


def why(reason: str, excluded: str = "") -> str:
    """`out_of_scope`, `default: basic` or what somebody changed by hand, as people write it.

    `excluded`: by what, as `Change.excluded` has it; what programs know is only that it is so.
    """
    if reason in _PLAIN:
        return excluded_by(excluded) if reason == "excluded" and excluded else _PLAIN[reason]
    for mark in (REFUSED, REFUSES):
        if mark in reason:
            plain, _mark, rest = reason.partition(mark)
            return f"{why(plain, excluded)}{mark}{rest}"
    if drifted := _DRIFTED.fullmatch(reason):
        return _drift(drifted[1], drifted[2], excluded)
    if reason.endswith(_FOR_ANOTHER):
        return f"{why(reason.removesuffix(_FOR_ANOTHER))}, and a new account needs the seat"
    for pattern, text in _FORMS:
        if found := pattern.fullmatch(reason):
            return found.expand(text)
    return words(reason)


def _drift(what: str, reason: str, excluded: str) -> str:
    """That something was changed says why it is changed back; who has left the scope since is another reason."""
    if what == _GONE:
        text = "the account was removed"
    else:
        text = f"membership of {what} changed" if "@" in what else f"{', '.join(map(words, what.split(', ')))} changed"
    more = "" if reason.startswith(("changed", "in scope", "matches")) else f"; {why(reason, excluded)}"
    return f"drift: {text} in Zoom since the last run{more}"


def words(text: str) -> str:
    """`first_name`, as people write it; a variable keeps its name."""
    return text.replace("_", " ") if _IDENTIFIER.fullmatch(text) and text not in VARIABLES else text
