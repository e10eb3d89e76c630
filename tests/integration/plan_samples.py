# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples in docs/plans-in-pull-requests.md, made by real runs in check mode. Run as a script, this renews them."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from playing import ROOT, SCOPE, Played, Player, account, person, seed

PAGE = ROOT / "docs" / "plans-in-pull-requests.md"
HEAD = 36  # lines shown of a plan that is too long for a page
# how many accounts are created and updated; with any, one is deactivated and one gets a licence
SIZES = {0: (0, 0), 5: (2, 1), 5000: (4500, 498)}
POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "license_defaults_rules": [{"users": ["ada.byron@example.com"], "license": "licensed"}],
}


def world(creates: int, updates: int) -> dict[str, Any]:
    new = [f"new{number:04}.hire" for number in range(creates)]
    moved = [f"moved{number:04}.desk" for number in range(updates)]
    people = [person("ada.byron"), person("bob.stone"), *(person(name) for name in new)]
    people += [person(name, department="Design") for name in moved]
    accounts = [account("ada.byron", license="basic" if creates else "licensed"), *(account(name, department="Sales") for name in moved)]
    accounts += [account("bob.stone")] if creates else []
    return seed(people, {"zoom-users": ["ada.byron", *new, *moved]}, accounts)


def plan(player: Player, size: int, **env: str) -> tuple[Played, Path]:
    """A run in check mode, and the folder of its plan."""
    box = player.start(world(*SIZES[size]), rate_limits=False)
    folder = player.folder / f"plan{size}"
    callbacks = "record,workspace_zoom.provisioning.provisioning_plan"
    settings = {"ANSIBLE_CALLBACKS_ENABLED": callbacks, "PROVISIONING_PLAN_DIR": str(folder), **env}
    return player.play(box, POLICY, "--check", "--diff", inventory="company,", env=settings), folder


def shown(page: str) -> dict[int, str]:
    """The samples that a page holds."""
    return {int(size): text for size, text in re.findall(r"<!-- sample (\d+) -->\n```markdown\n(.*?)```\n", page, re.DOTALL)}


def sample(size: int, text: str) -> str:
    text = re.sub(r"Seal: \w{12}", "Seal: 0123456789ab", text)  # which the time of the run is part of
    return text if size < 100 else "".join(text.splitlines(keepends=True)[:HEAD])


def main() -> None:
    page = PAGE.read_text()
    for size, old in shown(page).items():
        with tempfile.TemporaryDirectory() as folder:
            player = Player(Path(folder))
            try:
                _played, made = plan(player, size)
                page = page.replace(
                    f"<!-- sample {size} -->\n```markdown\n{old}",
                    f"<!-- sample {size} -->\n```markdown\n{sample(size, (made / 'plan.md').read_text())}",
                )
                print(size, json.loads((made / "plan.json").read_text())["summary"])
            finally:
                player.stop()
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
