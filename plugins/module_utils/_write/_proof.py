# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Writes are sent once or proven: after an unknown outcome the object is read before anything is said or repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._transport._errors import CredentialError, OutcomeUnknown, TransportError, Unauthorized


def once_or_proven(write: Callable[[], Any], shown: Callable[[], Any]) -> Any:
    """What `write` returns, or what `shown` does: what there is if it was made, None if it was not. Nothing is repeated twice.

    OutcomeUnknown where the object can't be read either. A token that was refused may have run out behind the write as well as before it,
    and is another one by now; where it is refused for a read too, it is the token alone.
    """
    for last in (False, True):
        try:
            return write()
        except (OutcomeUnknown, Unauthorized) as lost:
            try:
                found = shown()
            except (Unauthorized, CredentialError):
                raise lost from None
            except TransportError:
                raise _unknown(lost) from None
            if found is not None:
                return found
            if last:
                raise
    raise AssertionError("unreachable")


def _unknown(lost: OutcomeUnknown | Unauthorized) -> OutcomeUnknown:
    return lost if isinstance(lost, OutcomeUnknown) else OutcomeUnknown(f"{lost} Whether it was done is not known.")
