# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/variables.md from the table of variables and the roles' argument specs: `make docs` writes it, a unit test holds it to both."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._typed import KINDS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import ROLES, VARIABLES, Variable

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "variables.md"
HEAD = """\
# All variables

Type, default and meaning of every variable that the playbooks read. Made from the code by `make docs`.

All of them are checked before anything is read, by each playbook, and every fault in names and types is reported at once:

- A variable that is null (`scope_users:` with nothing behind it) or empty text (a blank survey answer) is unset.
- A name that begins with `scope_`, `attribute_mapping_`, `license_defaults_`, `group_mapping_`, `provisioning_`, `offboard_`, `undo_` or
  `drift_`, or that is nearly one of these, and is none of them, is refused: *did you mean ...?*
- Results of the run, such as `provisioning_problems`, can't be given with `-e`.
- Lists and dictionaries are written in YAML, or as `-e '{"scope_groups": ["zoom-users@example.com"]}'`. Text, such as `-e scope_groups=...`
  gives, is refused.
- Text that YAML would read as something else is quoted: `name: "007"`, `name: "on"`, `name: "2026-01-31"`.
- Booleans are `true`, `false`, `yes`, `no`, `on`, `off`, `1` or `0`, also as text.
"""


def specs(role: str) -> dict[str, Any]:
    """Entry point -> its argument spec."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text())["argument_specs"]
    return found


def page() -> str:
    lines = [HEAD]
    for role in (*ROLES, ""):
        spec = specs(role or "run")
        options = {**spec["main"]["options"], **(spec["playbooks"]["options"] if not role else {})}
        lines += [f"## {role or 'Shared by all roles and playbooks'}", "", "| variable | type | default | |", "|---|---|---|---|"]
        lines += [_row(row, options[row.name]["description"]) for row in VARIABLES.values() if row.role == role]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(row: Variable, meaning: str | list[str]) -> str:
    kind, words = KINDS[row.kind], [meaning] if isinstance(meaning, str) else meaning
    shown = kind.words.removeprefix("a ") or {"str": "text", "bool": "boolean", "int": "number", "raw": "text"}.get(kind.type, kind.type)
    shown = {"limit": "count or share", "duration": "duration", "texts": "text or list", "connection": "dictionary"}.get(row.kind, shown)
    shown = ", ".join(f"`{choice}`" for choice in row.choices) or shown
    default = (
        "unset" if row.default is None else f"`{row.default if isinstance(row.default, str) and row.default else json.dumps(row.default)}`"
    )
    text = re.sub(r"\b[CVOE]\(([^)]*)\)", r"`\1`", " ".join(words))
    return f"| `{row.name}` | {shown} | {default} | {text} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
