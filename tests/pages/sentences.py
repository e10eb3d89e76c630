# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence that the code can print: texts of plugins, with what is filled in as *words*, and messages of playbooks and roles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcome import agreeing

ROOT = Path(__file__).parents[2]
_NAMES = (ast.Attribute, ast.Name)
_MESSAGES = ("fail_msg", "msg")
_CODE = re.compile(r"\*[^* ]*[_(][^*]*\*")  # a name of Python's, or a call
_VERBS = frozenset({"join", "format", "get", "lower", "rstrip", "str", "len", "sorted"})


class _Loader(yaml.SafeLoader):
    """Ansible's own tags, such as !unsafe, are passed over."""


_Loader.add_multi_constructor("!", lambda _loader, _tag, _node: None)


class NotSaid(LookupError):
    """A page quotes what the code does not say, or not once."""


def says(asked: str) -> str:
    """The one sentence that begins with the text asked for, or, where none does, that holds it.

    Behind it, each after ` | `, `placeholder=words` for people, or `placeholder=says TEXT` for another text of the code.
    """
    text, *named = asked.split(" | ")
    sentence = _one(text)
    for name, words in (item.split("=", 1) for item in named):
        if f"*{name}*" not in sentence:
            raise NotSaid(f"{sentence!r} has no *{name}*")
        sentence = sentence.replace(f"*{name}*", _one(words.removeprefix("says ")) if words.startswith("says ") else f"*{words}*")
    if code := _CODE.findall(sentence):
        raise NotSaid(f"{sentence!r} holds {', '.join(code)}, which is no word for people; give one behind the text: ` | name=words`")
    return sentence.replace("|", "\\|")


def _one(text: str) -> str:
    known = sentences()
    found = [sentence for sentence in known if sentence.startswith(text)] or [sentence for sentence in known if text in sentence]
    if len(found) != 1:
        raise NotSaid(f"{text!r} is in {len(found)} sentences of the code: {found[:3]}")
    return found[0]


@cache
def sentences() -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        found.update(dict.fromkeys(_of_python(path)))
    for folder in ("playbooks", "roles"):
        for path in sorted((ROOT / folder).rglob("*.yml")):
            found.update(dict.fromkeys(_of_yaml(yaml.load(path.read_text(encoding="utf-8"), _Loader))))
    return tuple(found)


def _of_python(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {id(part) for node in ast.walk(tree) for part in _no_sentences(node)}
    for node in ast.walk(tree):
        if id(node) not in passed_over and isinstance(node, ast.JoinedStr | ast.Constant):
            text = _text(node)
            if text.count(" ") >= 2 and "\n" not in text:
                yield _filled(text) if path.name.startswith("_outcome") else text


def _no_sentences(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of a larger text, and docstrings."""
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)
    elif isinstance(node, ast.Expr):
        yield node.value


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else f"*{_word(part)}*" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _filled(text: str) -> str:
    """The catalogue's texts are templates: what is filled in stands between braces, doubled ones for themselves."""
    return "".join(literal + (f"*{name}*" if name else "") for literal, name, _spec, _conversion in Formatter().parse(agreeing(text, {})))


def _word(node: ast.AST) -> str:
    """What is filled in, by the last name that it is called by; what a call gives, as a call."""
    calls = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    found = ((part, part.attr if isinstance(part, ast.Attribute) else part.id) for part in ast.walk(node) if isinstance(part, _NAMES))
    return next((name.strip("_").lower() + "()" * (id(part) in calls) for part, name in found if name not in _VERBS), "…")


def _of_yaml(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _MESSAGES and isinstance(item, str):
                yield re.sub(r"\{\{.*?\}\}", "*…*", item.strip(), flags=re.DOTALL)
            yield from _of_yaml(item)
    elif isinstance(value, list):
        for item in value:
            yield from _of_yaml(item)
