# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""JMESPath expressions over a Google user. Pure; the library is guarded for `missing_required_lib`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ._bounded_search import OutOfBounds, search
from ._spelled import spelled
from ._text import PolicyError

with suppress(ImportError):  # a module that uses it reports that it is missing (_transport/_libraries.py)
    import jmespath
    from jmespath.exceptions import JMESPathError

# Properties of `User` in Google's discovery document, revision 20261104.
USER_FIELDS = frozenset((
    "addresses", "agreedToTerms", "aliases", "archivalTime", "archived", "changePasswordAtNextLogin", "creationTime",
    "customSchemas", "customerId", "deletionTime", "emails", "etag", "externalIds", "gender", "guestAccountInfo",
    "hashFunction", "id", "ims", "includeInGlobalAddressList", "ipWhitelisted", "isAdmin", "isDelegatedAdmin",
    "isEnforcedIn2Sv", "isEnrolledIn2Sv", "isGuestUser", "isMailboxSetup", "keywords", "kind", "languages",
    "lastLoginTime", "locations", "name", "nonEditableAliases", "notes", "orgUnitPath", "organizations", "phones",
    "posixAccounts", "primaryEmail", "recoveryEmail", "recoveryPhone", "relations", "sshPublicKeys", "suspended",
    "suspensionReason", "suspensionTime", "thumbnailPhotoEtag", "thumbnailPhotoUrl", "websites",
))  # fmt: skip
_LONGEST = 4_000  # characters of an expression
# Nodes whose first child reads the user and whose others read what that child gave.
_CHAINS = frozenset({"subexpression", "index_expression", "projection", "value_projection", "filter_projection", "pipe", "flatten"})


@dataclass(frozen=True)
class Expression:
    """One compiled expression; `where` is the option that holds it, for messages."""

    text: str
    where: str
    fields: frozenset[str]
    parsed: Mapping[str, Any] = field(compare=False, repr=False)

    def search(self, user: Mapping[str, Any]) -> Any:
        """The value for one user; PolicyError when a function is given a value of a type it can't take, or when it has no end."""
        try:
            return search(self.parsed, user)
        except OutOfBounds as error:
            raise PolicyError(f"{self.where}: the expression {self.text!r} can't be evaluated: {error}; write a simpler one.") from None
        except JMESPathError as error:
            reason = spelled(str(error).splitlines()[0])
            raise PolicyError(f"{self.where}: the expression {self.text!r} can't be evaluated: {reason}") from None


def compile_expression(text: object, where: str) -> Expression:
    """Compile once and find the user's fields it reads; PolicyError names the option and what is wrong."""
    if not isinstance(text, str) or not text.strip():
        raise PolicyError(f"{where} must be a JMESPath expression such as primaryEmail, not {text!r}.")
    if len(text) > _LONGEST:
        raise PolicyError(f"{where} is an expression of {len(text):,} characters; at most {_LONGEST:,} are allowed.")
    try:
        parsed = jmespath.compile(text).parsed
        fields = frozenset(_fields(parsed))
    except JMESPathError as error:
        reason = spelled(str(error).splitlines()[0]).rstrip(":.")
        raise PolicyError(f"{where}: {text!r} is no valid JMESPath expression: {reason}.") from None
    except (RecursionError, ValueError):
        raise PolicyError(f"{where}: {text[:60]!r}... is nested too deeply, or holds a number that is too long.") from None
    for name in sorted(fields - USER_FIELDS):
        close = difflib.get_close_matches(name, USER_FIELDS, 1)
        hint = f"; did you mean {close[0]}?" if close else "."
        raise PolicyError(f"{where}: {text!r} reads {name}, which a Google user does not have{hint}")
    return Expression(text, where, fields, parsed)


def _fields(node: Mapping[str, Any]) -> Iterator[str]:
    """Names that a parsed expression reads from the user itself."""
    kind, children = node["type"], node.get("children", [])
    if kind == "field":
        yield node["value"]
    elif kind == "current":
        yield from USER_FIELDS
    elif kind in _CHAINS:
        yield from _chain_fields(children)
    else:
        for child in children:
            if isinstance(child, Mapping):
                yield from _fields(child)


def _chain_fields(children: list[Mapping[str, Any]]) -> Iterator[str]:
    first = children[0]
    # A chain that starts at the user itself (@.name) reads what its next link reads.
    if first["type"] in ("current", "identity") and len(children) > 1:
        yield from _fields(children[1])
    else:
        yield from _fields(first)
