# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which Google customer a journal is of: `my_customer` stands for whosever the credentials are."""

from __future__ import annotations

from collections.abc import Iterable

from .._frame._module import Run
from .._model._journal import Entry
from .._model._snapshot import PEOPLE, header_of
from .._transport._google_directory import Directory
from .._transport._google_forms import MY_CUSTOMER


def customer_written(run: Run, directory: Directory) -> str:
    """What to write into the journal, without a request: this run's people snapshot shows the customer's id."""
    path = run.params.get("people_path")
    if directory.customer != MY_CUSTOMER or not path:
        return directory.customer
    header = header_of(path, PEOPLE) or {}
    return header["tenant"] if header.get("run_id") and header["run_id"] == run.params.get("run_id") else directory.customer


def names_customer(entries: Iterable[Entry]) -> bool:
    return any(entry.tenant not in ("", MY_CUSTOMER) for entry in entries)


def customer_asked(directory: Directory, entries: Iterable[Entry]) -> str:
    """What to hold against a journal: where that names a customer, Google is asked whose these credentials are."""
    if directory.customer != MY_CUSTOMER or not names_customer(entries):
        return directory.customer
    return directory.own_customer() or directory.customer
