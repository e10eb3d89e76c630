# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Writes are sent once or proven: after an unknown outcome the object is read before anything is said or repeated."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from .._transport._errors import ApiError, CredentialError, OutcomeUnknown, RateLimited, TransportError, Unauthorized

T = TypeVar("T")
WAITS = (0.5, 1.0, 2.0)  # seconds; how far reads trail writes is not documented


def once_or_proven(write: Callable[[], Any], shown: Callable[[], Any]) -> Any:
    """What `write` returns, or what `shown` does: what there is if it was made, None if it was not. Nothing is repeated twice.

    OutcomeUnknown where the object can't be read either. A token that was refused may have run out behind the write as well as before it,
    and is another one by now; where it is refused for a read too, it is the token alone. A second write may be refused because the first
    was made.
    """
    for last in (False, True):
        try:
            return write()
        except (OutcomeUnknown, Unauthorized) as lost:
            try:
                found = _look(shown) if isinstance(lost, OutcomeUnknown) else shown()
            except (Unauthorized, CredentialError):
                raise lost from None
            except TransportError:
                raise _unknown(lost) from None
            if found is not None:
                return found
            if last:
                raise
        except ApiError as refusal:
            found = _look(shown) if last and not isinstance(refusal, RateLimited) else None
            if found is None:
                raise
            return found
    raise AssertionError("unreachable")


def _look(shown: Callable[[], Any]) -> Any:
    """A read may trail the write: look again before calling it undone."""
    for wait in (0.0, *WAITS):
        if wait:
            time.sleep(wait)
        found = shown()
        if found is not None:
            return found
    return None


def seen(read: Callable[[], T]) -> T:
    """What shows what a write has made. Where it can't be read, the write is of unknown outcome, not a failed one."""
    try:
        return read()
    except TransportError as error:
        raise OutcomeUnknown(f"{error} Whether the write before it was done is not known.") from None


def _unknown(lost: OutcomeUnknown | Unauthorized) -> OutcomeUnknown:
    return lost if isinstance(lost, OutcomeUnknown) else OutcomeUnknown(f"{lost} Whether it was done is not known.")
