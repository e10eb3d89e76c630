# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading an approved plan: the document that a planning run wrote, or a sentence on why this run can't be held to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._frame._module import Run
from .._model._text import PolicyError, fold, moment
from .._model._typed import clean
from .._model._variables import VARIABLES
from .._plan._actions import ACTIONS
from .._report._approved import Approved, approved_from
from .._report._phases import phase_of
from .._report._sealed_plan import FORMAT, VERSION, seal_of

_AGAIN = "run the plan again, and have that one approved"
_CLOCKS = 300  # seconds that the clocks of two machines may differ by
_SHOWN = 12  # characters of a seal that tell it from others


def check_approved(shared: Mapping[str, Any], host: str) -> None:
    """Before anything is read, and its age here alone: a run that began in time may end later."""
    path, most = shared.get("provisioning_approved"), "provisioning_approval_max_age"
    if not path and shared.get("provisioning_approved_seal"):
        raise PolicyError(
            "provisioning_approved_seal is given, but provisioning_approved is not, so the run would be held to no plan; name the approved "
            "plan. Nothing was read."
        )
    if path:
        entry = approved_entry(path, host, shared.get("provisioning_approved_seal"))
        seconds = shared[most] if most in shared else clean(VARIABLES[most], VARIABLES[most].default)
        check_age(path, entry["time"], seconds, datetime.now(timezone.utc))


def read_approval(run: Run, tenant: str, module: str, *, group: str | None = None, members: bool = False) -> Approved | None:
    """What the module may make; None where no plan is to be approved. `group`, `members`: all, of a Google group or of its members."""
    path = run.params.get("approved_path")
    if not path:
        return None
    entry = approved_entry(path, str(run.params.get("run_host") or ""), run.params.get("approved_seal"))
    if entry.get("account") and tenant and entry["account"] != tenant:
        raise PolicyError(
            f"The approved plan {path} is of the Zoom account {entry['account']}, not of {tenant}; give the plan of this one. Nothing was "
            "changed."
        )
    try:
        rows = [row for row in entry["changes"] if str(row["kind"]).partition(".")[0] == phase_of(module)]
        if group is not None:
            rows = [row for row in rows if fold(row.get("group") or row["email"]) == fold(group)]
            rows = [row for row in rows if ACTIONS[f"google_{row['action']}"].of_members is members]
        # which phase takes a licence away hangs on how many seats are free when it is made
        either = {"zoom_scim_users": "licenses", "zoom_license_default": "accounts"}.get(module)
        also = [row for row in entry["changes"] if row["action"] == "downgrade" and str(row["kind"]).partition(".")[0] == either]
        withheld = [row for row in entry["withheld"] if row["phase"] == phase_of(module)]
        return approved_from(rows, also, any_gain=run.params.get("approved_gains") == "any", withheld=withheld)
    except (KeyError, TypeError, AttributeError):
        raise _no_plan(path) from None


def approved_entry(path: str, host: str, seal: str | None = None) -> Mapping[str, Any]:
    """What an approved plan has for an inventory host. PolicyError for a document that is none, or not the one that was written."""
    document = _document(path)
    try:
        _check_origin(document, path, seal)
        entries = {
            str(entry["tenant"]): {**entry, "time": str(document["time"]), "error": str(entry["error"] or "")}
            for entry in document["tenants"]
        }
    except (KeyError, TypeError, AttributeError):
        raise _no_plan(path) from None
    if host not in entries:
        known = ", ".join(sorted(entries)) or "nobody"
        raise PolicyError(
            f"The approved plan {path} is of {known}, not of {host or 'no host'}; give the plan of this host. Nothing was changed."
        )
    entry: Mapping[str, Any] = entries[host]
    if entry["error"]:
        raise PolicyError(f"The approved plan {path} is incomplete, as its run ended early ({entry['error'].rstrip('.')}); {_AGAIN}.")
    return entry


def check_age(path: str, time: str, most: int, now: datetime) -> None:
    """`time`: when the plan was made. `most`: seconds."""
    made = moment(time)
    age = (now - made).total_seconds() if made else float("inf")
    if age > most or age < -_CLOCKS:
        how = f"{age / 3600:.1f} hours old" if made and age > 0 else f"dated {time!r}, which is not a time in the past"
        raise PolicyError(
            f"The approved plan {path} is {how}, and provisioning_approval_max_age is {most / 3600:g} hours; {_AGAIN}. Nothing was changed."
        )


def _document(path: str) -> dict[str, Any]:
    try:
        document = json.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PolicyError(
            f"The approved plan {path} does not exist; name the plan.json of a run in check mode. Nothing was changed."
        ) from None
    except OSError as error:
        raise PolicyError(f"The approved plan {path} can't be read: {error.strerror}. Nothing was changed.") from None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or "format" not in document:
        raise _no_plan(path)
    return document


def _no_plan(path: str) -> PolicyError:
    return PolicyError(f"{path} is no plan of this collection; name the plan.json of a run in check mode. Nothing was changed.")


def _check_origin(document: Mapping[str, Any], path: str, seal: str | None) -> None:
    written = document.get("version") or "an older version"
    why = ""
    if (document["format"], document.get("version")) != (FORMAT, VERSION):
        why = f"was written by {written} of this collection, and this is {VERSION}"
    elif document.get("seal") != seal_of(document):
        why = "was changed after it was written, as its seal does not fit"
    elif seal and document["seal"] != seal:
        why = f"is not the one that was approved: its seal begins with {document['seal'][:_SHOWN]}, the approved one's with {seal[:_SHOWN]}"
    elif not document["check_mode"]:
        why = "was written by a run that has made its changes"
    if why:
        raise PolicyError(f"The approved plan {path} {why}; {_AGAIN}. Nothing was changed.")
