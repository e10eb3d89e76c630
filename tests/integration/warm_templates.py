# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates that plays of one server share: Jinja compiles each anew, and a play has two hundred of them, nearly always the same.

A fork leaves what it had to compile as a file; the server takes the files in before the next fork.
"""

from __future__ import annotations

import marshal
import os
from pathlib import Path
from typing import Any

from ansible._internal._templating import _jinja_bits


class Templates:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Any, Any] = {}
        self._new: dict[Any, Any] = {}
        folder.mkdir()
        self._install(_jinja_bits.AnsibleEnvironment)

    def _install(self, kind: Any) -> None:
        compiled = kind.compile

        def compile(environment: Any, source: Any, *how: Any, **more: Any) -> Any:
            """An overlay has a syntax of its own; what is no text was parsed before."""
            if how or more or environment.overlayed or not isinstance(source, str):
                return compiled(environment, source, *how, **more)
            context = _jinja_bits._TemplateCompileContext.current(optional=True)
            key = (source.encode(), bool(context and context.escape_backslashes))
            if key not in self._known:
                self._known[key] = self._new[key] = compiled(environment, source)
            return self._known[key]

        kind.compile = compile

    def learn(self) -> None:
        for path in self._folder.glob("*.learned"):
            self._known.update(marshal.loads(path.read_bytes()))
            path.unlink()

    def leave(self) -> None:
        if self._new:
            path = self._folder / str(os.getpid())
            path.write_bytes(marshal.dumps(self._new))
            path.rename(path.with_suffix(".learned"))
