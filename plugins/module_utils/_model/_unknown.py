# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Names that this collection does not know, and what was meant by them. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ._variables import HANDED_ON, INTERNAL, REPORTS, ROLES, VARIABLES

PREFIXES = tuple(f"{name}_" for name in (*ROLES, "provisioning", "offboard", "undo", "drift"))
# Ansible's and a controller's own; what a workflow hands on of each tenant, and an AWX credential of each, which roles/awx names so.
_OTHERS = ("ansible_", "awx_", "tower_", REPORTS, "zoom_connection_", "google_connection_")
# Words that make a name without prefix one of ours where the others are there too; allow, groups, max and such are anybody's.
_OUR_WORDS = frozenset({"gains", "license", "losses", "mapping", "provisioning", "deprovision", "unlisted"})
_NEAR = 0.87
_NEAR_ROLE = 0.9


def meant(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """` did you mean ...?` behind a sentence, or nothing."""
    close = difflib.get_close_matches(str(word), list(known), 1, cutoff)
    return f"did you mean {close[0]}?" if close else ""


def unknown_key(where: str, key: object, known: Iterable[str]) -> str:
    """The sentence for a key of a dictionary that is none."""
    known = tuple(known)
    return f"{where} has {key!r}, which it does not know; {meant(key, known) or 'known are ' + ', '.join(known) + '.'}"


def unknown_variables(names: Iterable[str]) -> list[str]:
    """One sentence for each name with a prefix of ours, or near to a name of ours, that is no variable of this collection."""
    return [_sentence(name) for name in sorted(names) if name not in VARIABLES and name not in INTERNAL and _is_ours(name.lower())]


def overridden(names: Iterable[str]) -> list[str]:
    """One sentence for each extra variable that would take the place of what the run itself finds out."""
    taken = sorted({*names} & INTERNAL - HANDED_ON)
    return [f"{name} is what this collection finds out by itself; take it out of the extra variables (-e)." for name in taken]


def _sentence(name: str) -> str:
    small = name.lower()
    cure = f"did you mean {small}?" if small in VARIABLES else _all_its_words(small) or _nearest(small)
    return f"{name} is no variable of this collection; {cure}"


def _words(name: str) -> list[str]:
    return name.replace("licence", "license").split("_")


def _all_its_words(name: str) -> str:
    """The one variable that has every word of it, as license_defaults_default has those of license_default."""
    found = [known for known in VARIABLES if set(_words(name)) <= set(known.split("_"))]
    return f"did you mean {found[0]}?" if len(found) == 1 else ""


def _lacks_words(name: str) -> bool:
    """Whether one variable has its words, in their order, and a word of ours is among them: allow_losses, license_rules."""
    words = _words(name)
    return (
        len(words) > 1
        and bool(_OUR_WORDS & {*words})
        and bool(_all_its_words(name))
        and any(_in_order(words, known) for known in VARIABLES)
    )


def _in_order(words: list[str], known: str) -> bool:
    rest = iter(known.split("_"))
    return all(word in rest for word in words)


def _nearest(name: str) -> str:
    """Behind a prefix of ours only the rest shows what was meant; the bare name of a role may mean any of its variables."""
    bare = next((f"{role}_" for role in ROLES if _role_in(name) == role and len(name) <= len(role) + 1), "")
    prefix = bare or next((prefix for prefix in PREFIXES if name.startswith(prefix)), "")
    rests = {known.removeprefix(prefix): known for known in VARIABLES if known.startswith(prefix)}
    close = [] if bare else difflib.get_close_matches(name.removeprefix(prefix), rests, 1)
    return f"did you mean {rests[close[0]]}?" if close else f"those that begin with {prefix} are {', '.join(rests.values())}."


def _is_ours(name: str) -> bool:
    if name.startswith(_OTHERS):
        return False
    if name.startswith(PREFIXES):
        return True
    return bool(difflib.get_close_matches(name, VARIABLES, 1, _NEAR)) or bool(_role_in(name)) or _lacks_words(name)


def _role_in(name: str) -> str:
    """The role of two words with whose name it nearly begins, as license_default, licence_defaults and attribute_maping do."""
    begins = "_".join(name.split("_")[:2])
    close = difflib.get_close_matches(begins, [role for role in ROLES if "_" in role], 1, _NEAR_ROLE)
    return close[0] if close else ""
