# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates that plays of one server share: Jinja compiles each anew, and a play has two hundred of them, nearly always the same.

A fork leaves what it had to compile as a file; the server takes the files in before the next fork.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from ansible._internal._templating import _jinja_bits
from jinja2.environment import TemplateExpression


class Templates:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Any, Any] = {}
        self._new: dict[Any, Any] = {}
        folder.mkdir()
        self._install(_jinja_bits.AnsibleEnvironment)

    def _install(self, kind: Any) -> None:
        compiled, expression = kind.compile, kind.compile_expression

        def compile(environment: Any, source: Any, *how: Any, **more: Any) -> Any:
            """An overlay has a syntax of its own; what is no text was parsed before."""
            if how or more or environment.overlayed or not isinstance(source, str):
                return compiled(environment, source, *how, **more)
            return self._code(("template", source), lambda: compiled(environment, source))

        def compile_expression(environment: Any, source: str, undefined_to_none: bool = True) -> Any:
            if environment.overlayed:
                return expression(environment, source, undefined_to_none)
            made: list[Any] = []

            def new() -> Any:
                with mock.patch.object(
                    kind, "compile", lambda self, *given, **more: made.append(compiled(self, *given, **more)) or made[-1]
                ):
                    expression(environment, source, undefined_to_none)
                return made[-1]

            code = self._code(("expression", source), new)
            template = environment.template_class.from_code(environment, code, environment.make_globals(None), None)
            return TemplateExpression(template, undefined_to_none)

        kind.compile, kind.compile_expression = compile, compile_expression

    def _code(self, what: tuple[str, str], new: Callable[[], Any]) -> Any:
        context = _jinja_bits._TemplateCompileContext.current(optional=True)
        key = (what[0], what[1].encode(), bool(context and context.escape_backslashes))
        if key not in self._known:
            self._known[key] = self._new[key] = new()
        return self._known[key]

    def learn(self) -> None:
        for path in self._folder.glob("*.learned"):
            self._known.update(marshal.loads(path.read_bytes()))
            path.unlink()

    def leave(self) -> None:
        if self._new:
            path = self._folder / str(os.getpid())
            path.write_bytes(marshal.dumps(self._new))
            path.rename(path.with_suffix(".learned"))
