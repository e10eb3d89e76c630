# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One failure for all threads: those that waited for a token which could not be fetched do not each try it all over again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from ._errors import TransportError

_VALID = 30.0  # seconds; a long run may then find the endpoint mended


class SharedFailure:
    """Use under the lock that guards the token."""

    def __init__(self) -> None:
        self._error: TransportError | None = None
        self._since = 0.0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Raises what the last attempt raised, while that is young; else remembers what this one raises."""
        if self._error and time.monotonic() - self._since < _VALID:
            raise self._error
        try:
            yield
            self._error = None
        except TransportError as error:
            self._error, self._since = error, time.monotonic()
            raise
