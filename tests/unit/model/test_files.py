# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are whole or the old ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._files import write_private
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError


def test_a_file_that_breaks_off_while_it_is_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "state" / "accounts.jsonl"
    write_private(str(path), ["one", "two"], "the snapshot")

    def breaking() -> Iterator[str]:
        yield "three"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_private(str(path), breaking(), "the snapshot")
    assert path.read_text() == "one\ntwo\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PolicyError, match=r"the snapshot .*file/accounts.jsonl can't be written: "):
        write_private(str(tmp_path / "file" / "accounts.jsonl"), [], "the snapshot")
