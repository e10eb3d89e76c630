# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The journal of a run that is to be taken back."""

from __future__ import annotations

from pathlib import Path

from .._model._journal import Entry, read_entries
from .._model._text import PolicyError
from .._plan._judge import is_google
from .._transport._google_forms import MY_CUSTOMER


def check_tenant(entries: list[Entry], tenant: str, path: str) -> None:
    """PolicyError where it is another's. A Google customer may be named `my_customer`, which may be any."""
    foreign = next((entry.tenant for entry in entries if entry.tenant not in ("", MY_CUSTOMER, tenant)), None)
    if foreign and tenant != MY_CUSTOMER:
        side = "Google customer" if is_google(entries[0]) else "Zoom account"
        raise PolicyError(f"The journal {path} is of {side} {foreign}, not of {tenant}; nothing was changed.")


def read_journal(path: str) -> list[Entry]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        there = sorted(file.stem for file in Path(path).parent.glob("*.jsonl"))[-5:]
        known = f"; there are {', '.join(there)}" if there else ""
        raise PolicyError(f"The journal {path} does not exist{known}: a run that wrote nothing has none. Check undo_run.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"The journal {path} can't be read: {error}.") from None
    entries = read_entries(text)
    if not entries:
        raise PolicyError(f"{path} is no journal of this collection, or holds no write; check undo_run.")
    return entries
