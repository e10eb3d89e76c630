# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comment made anew from plan.json, for a job that trusts neither what wrote that file nor what lies beside it.

    python3 -P -m ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._show plan.json > comment.md

Where a pull request's own content runs, it can write any document. So the comment must show all that an apply could take from it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...module_utils._report._phases import GOOGLE_PHASES
from ...module_utils._report._sealed_plan import FORMAT, seal_of
from ...module_utils._report._titles import always_removes
from ._document import CHANGES, NO_CHANGE, PROBLEMS
from ._headings import kind_order
from ._markdown import LIMIT, render

Row = dict[str, Any]

MOST = 64 * 1024 * 1024  # bytes of a document; 100,000 changes need some 40 MB
_SCHEMA = Path(__file__).parents[3] / "docs" / "plan-document.schema.json"
_LISTS = ("failed", "withheld", "attention")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes a plan.json as the comment that shows it, if it is a plan of this collection.")
    parser.add_argument("path")
    parser.add_argument("--name", default="plan")
    parser.add_argument("--title", default="Zoom provisioning")
    parser.add_argument("--limit", type=int, default=LIMIT)
    parser.add_argument("--where", default="", help="where readers find plan.json, in Markdown")
    given = parser.parse_args(arguments)
    try:
        print(shown(read(Path(given.path)), name=given.name, title=given.title, limit=given.limit, where=given.where), end="")
    except ValueError as error:
        print(f"The plan is not shown, and can't be applied: {error}.", file=sys.stderr)
        return 1
    return 0


def read(path: Path) -> Row:
    """ValueError, with what is wrong, for anything but a plan of check mode that says of itself what its rows say."""
    if path.is_symlink() or not path.is_file():
        raise ValueError("plan.json is no file")
    if path.stat().st_size > MOST:
        raise ValueError(f"plan.json is larger than {MOST // 1024 // 1024} MiB")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("plan.json is no JSON") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"plan.json does not have the format {FORMAT}")
    _check_form(document)
    if document["seal"] != seal_of(document):
        raise ValueError("plan.json was changed after it was written, as its seal does not fit")
    if not document["check_mode"]:
        raise ValueError("plan.json was written by a run that has made its changes")
    for tenant in document["tenants"]:
        _check_tenant(tenant)
    _check_totals(document)
    return document


def shown(document: Mapping[str, Any], **more: Any) -> str:
    """With the seal behind the mark and the digest, by which an apply knows this document."""
    ordered = [{**tenant, "changes": sorted(tenant["changes"], key=_place)} for tenant in document["tenants"]]
    line = f"<!-- seal {document['seal']} -->\n"
    limit = max(int(more.pop("limit", LIMIT)) - len(line), 2000)
    mark, digest, rest = render({**document, "tenants": ordered}, limit=limit, **more).split("\n", 2)
    return f"{mark}\n{digest}\n{line}{rest}"


def _place(row: Row) -> Any:
    return kind_order(row["kind"], removes=row["loss"])


def _check_form(document: Row) -> None:
    import jsonschema  # only here: neither the callback nor a module needs it  # noqa: PLC0415

    error = next(jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8"))).iter_errors(document), None)
    if error is not None:
        raise ValueError(f"plan.json does not fit its schema at {error.json_path[:100]!r}")


def _check_tenant(tenant: Row) -> None:
    """What is done must be shown as what it is: its kind, and whether it takes something away."""
    made = [row for row in tenant["changes"] if row["changed"]]
    for row in tenant["changes"]:
        phase, _dot, action = row["kind"].partition(".")
        if action != row["action"]:
            raise ValueError(f"plan.json calls the action {row['action'][:40]!r} {row['kind'][:80]!r}")
        if always_removes(action, google=phase in GOOGLE_PHASES) and not row["loss"]:
            raise ValueError(f"plan.json does not count {row['kind'][:80]!r} among the removals")
    counts = tenant["summary"]
    listed = {"changes": len(made), **{name: len(tenant[name]) for name in _LISTS}}
    more = {name: counts[name] - number for name, number in listed.items()}
    if counts["losses"] != sum(row["loss"] for row in made) or min(more.values()) < 0 or sum(more.values()) != counts["left_out"]:
        raise ValueError("plan.json has other rows than it counts")
    broken = tenant["error"] or counts["failed"] or counts["withheld"]
    if tenant["outcome"] != (PROBLEMS if broken else CHANGES if counts["changes"] else NO_CHANGE):
        raise ValueError(f"plan.json calls the outcome {tenant['outcome']!r}, and its rows say something else")


def _check_totals(document: Row) -> None:
    tenants, counts = document["tenants"], document["summary"]
    sums = {name: sum(tenant["summary"][name] for tenant in tenants) for name in counts if name != "tenants"}
    outcomes = {tenant["outcome"] for tenant in tenants} or {PROBLEMS}
    worst = next(outcome for outcome in (PROBLEMS, CHANGES, NO_CHANGE) if outcome in outcomes)
    names = {tenant["tenant"] for tenant in tenants}
    if counts != {"tenants": len(tenants), **sums} or document["outcome"] != worst or len(names) != len(tenants):
        raise ValueError("plan.json counts other tenants than it has")


if __name__ == "__main__":
    sys.exit(main())
