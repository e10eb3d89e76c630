# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Many calls at the same time, by as many threads as a service is far away."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

MOST_WORKERS = 48
_PART = 500  # a future costs about 1 KB, so that 100,000 at once would cost as much as all accounts
_FASTEST, _SPARE = 80.0, 1.3  # the highest rate that is published, and more workers than it needs
T = TypeVar("T")


def side_by_side(work: Callable[[Any], T], items: Iterable[Any], workers: Callable[[], int]) -> list[T]:
    """Results in the order of the items; the first error ends it, and nothing more is begun. `workers` is asked now and then."""
    waiting, under_way, done, size = iter(items), deque[Future[Any]](), list[T](), workers()
    failed = threading.Event()

    def one(item: Any) -> Any:
        try:
            return None if failed.is_set() else work(item)
        except BaseException:
            failed.set()
            raise

    pool = ThreadPoolExecutor(size)
    try:
        while some := list(islice(waiting, _PART)):
            if not size // 2 <= (wanted := workers()) <= size:
                done += [future.result() for future in under_way]
                under_way.clear()
                pool.shutdown()
                pool, size = ThreadPoolExecutor(wanted), wanted
            under_way += [pool.submit(one, item) for item in some]
            while len(under_way) > _PART:  # of the next part there are always some, so that no worker waits for the end of this one
                done.append(under_way.popleft().result())
        return done + [future.result() for future in under_way]
    finally:
        pool.shutdown(cancel_futures=True)


def workers_for(seconds: float) -> int:
    """As many as keep the highest rate going where each answer takes `seconds`."""
    return min(math.ceil(_FASTEST * seconds * _SPARE), MOST_WORKERS)
