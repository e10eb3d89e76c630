# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command that comes after a run: to undo it, or to make what it previewed. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...module_utils._model._spelled import spelled
from ...module_utils._model._variables import VARIABLES

_MOST = 4_000  # characters of one option
_OF_THE_RUN = ("provisioning_run_id", "provisioning_approved", "provisioning_approved_seal")
# Whoever undoes a run decides anew what it may take away, and from whom.
_LIFTED = ("provisioning_allow_losses", "provisioning_allow_gains", "provisioning_only", "provisioning_leave_removals")
_NOT_TO_UNDO = (*_OF_THE_RUN, *_LIFTED, "undo_run", "undo_journal")


def to_undo(given: Mapping[str, Any], playbook: str, run_id: str, limit: str = "") -> str:
    """`given`: ansible-playbook's own options. `playbook`: as it was given. `limit`: the one host of several."""
    return _command(given, beside(playbook, "undo"), {"undo_run": run_id}, _NOT_TO_UNDO, limit)


def to_make(given: Mapping[str, Any], playbook: str, plan: Mapping[str, str], limit: str = "") -> str:
    """Exactly what a plan lists, by its path and seal."""
    approved = {"provisioning_approved": plan["path"], "provisioning_approved_seal": plan["seal"]}
    # what drift compares, site makes
    name = beside(playbook, "site") if PurePath(playbook).stem.rpartition(".")[2] == "drift" else playbook
    return _command(given, name, approved, _OF_THE_RUN, limit)


def beside(playbook: str, name: str) -> str:
    """Another playbook of this collection, by path or by name as the one that was given."""
    path = PurePath(playbook)
    if path.suffix in (".yml", ".yaml") and path.stem in _OURS:
        return str(path.with_name(f"{name}.yml"))
    return f"workspace_zoom.provisioning.{name}"


_OURS = ("site", "drift", "offboard", "undo")


def _command(given: Mapping[str, Any], playbook: str, more: Mapping[str, str], but: Sequence[str], limit: str) -> str:
    """Values that were given by themselves are repeated where they are variables of this collection that hold no secret, and no others."""
    words = ["ansible-playbook", playbook, *_options(given, limit)]
    left_out = False
    for text in map(str, given.get("extra_vars") or ()):
        kept = [text] if text.startswith("@") else _kept(text, but)
        left_out |= kept is None
        words += _each("-e", kept or ())
    words += _each("-e", [f"{name}={shlex.quote(value)}" for name, value in more.items()])
    shown = " ".join(shlex.quote(spelled(word, _MOST)) for word in words)
    return f"{shown} # and the other -e of this run, which are not repeated here" if left_out else shown


def _options(given: Mapping[str, Any], limit: str) -> list[str]:
    only = limit or str(given.get("subset") or "")
    words = [*_each("-i", given.get("inventory") or ()), *_each("--limit", [only] if only else ())]
    for option, name in (("--tags", "tags"), ("--skip-tags", "skip_tags")):
        tags = ",".join(map(str, given.get(name) or ()))
        words += _each(option, [tags] if tags not in ("", "all") else ())
    for option, name in (("--vault-id", "vault_ids"), ("--vault-password-file", "vault_password_files")):
        words += _each(option, given.get(name) or ())
    return [*words, *(["--ask-vault-pass"] if given.get("ask_vault_pass") else [])]


def _each(option: str, values: Iterable[Any]) -> list[str]:
    return [word for value in values for word in (option, str(value))]


def _kept(text: str, but: Sequence[str]) -> list[str] | None:
    """None where something is in it that is not to be shown."""
    try:
        pairs = shlex.split(text)
    except ValueError:
        return None
    names = [pair.partition("=")[0] for pair in pairs]
    if not all("=" in pair for pair in pairs) or not all(name in VARIABLES and VARIABLES[name].kind != "connection" for name in names):
        return None
    # a value that has blanks in it stays one word for Ansible, too
    return [f"{name}={shlex.quote(pair.partition('=')[2])}" for name, pair in zip(names, pairs, strict=True) if name not in but]
