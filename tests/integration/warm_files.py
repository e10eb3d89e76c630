# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's own YAML, which each play reads again: parsed once in a server, as soon as a play has left word that it read it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ansible._internal._datatag._tags import TrustedAsTemplate
from ansible.parsing import dataloader


class Files:
    """`ours`: the start of paths whose files nobody changes while tests run."""

    def __init__(self, folder: Path, ours: tuple[str, ...]) -> None:
        self._folder, self._ours = folder, ours
        self._known: dict[tuple[str, bool], Any] = {}
        self._new: set[tuple[str, bool]] = set()
        self._learned: set[tuple[str, bool]] = set()
        self._parse = dataloader.from_yaml
        folder.mkdir()
        dataloader.from_yaml = self._parsed

    def _parsed(self, data: str, file_name: str | None = None, **how: Any) -> Any:
        """Each only once: whoever is given it may change it."""
        key = (str(file_name), TrustedAsTemplate.is_tagged_on(data))
        if key in self._known and not how.get("json_only"):
            return self._known.pop(key)
        self._new.add(key)
        return self._parse(data=data, file_name=file_name, **how)

    def learn(self) -> None:
        for path in self._folder.glob("*.learned"):
            for name, trusted in json.loads(path.read_text()):
                text = Path(name).read_text(encoding="utf-8")
                tagged = TrustedAsTemplate().tag(text) if trusted else text
                self._known[name, trusted] = self._parse(data=tagged, file_name=name)
                self._learned.add((name, trusted))
            path.unlink()

    def leave(self) -> None:
        new = [key for key in self._new - self._learned if key[0].startswith(self._ours)]
        if new:
            path = self._folder / str(os.getpid())
            path.write_text(json.dumps(new))
            path.rename(path.with_suffix(".learned"))
