# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""AnsibleModule whose results never hold a secret, and nothing masked but secrets.

Ansible masks the texts inside of an option that is `no_log`. For a service account's key that is too little and too much: the key as
JSON text, with its line ends escaped, is another text than the key, and the project's name is no secret but may be part of an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule as _AnsibleModule

from .._transport._key_text import key_forms
from .._transport._known_secrets import HIDDEN

_KEY = "service_account_contents"
_UNSEEN = (_KEY, "client_id")  # in no result, and yet masked nowhere else: a client id may be a part of an address
_URLS = ("api_url", "groups_settings_url", "oauth_url")
_TELLING = 4  # characters; less is found in ordinary words


class AnsibleModule(_AnsibleModule):  # type: ignore[misc, unused-ignore]
    """Both ways out take the secrets away first: also where arguments were refused, before the module's work began."""

    def exit_json(self, **kwargs: Any) -> None:
        self._hide()
        super().exit_json(**kwargs)

    def fail_json(self, msg: str, **kwargs: Any) -> None:
        self._hide()
        super().fail_json(msg, **kwargs)

    def hidden(self, text: str) -> str:
        """A text that goes out on another way than those two."""
        found = {*self.no_log_values, *secret_texts(self.params, self.argument_spec)}
        for secret in sorted((secret for secret in found if len(secret) >= _TELLING), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text

    def _hide(self) -> None:
        self.no_log_values: set[str] = self.no_log_values - set(_leaves(self.params.get(_KEY)))
        # they may be texts of the key file too, and an argument that Ansible could not mask leaves them all unmasked
        self.no_log_values |= secret_texts(self.params, self.argument_spec)
        self.no_log_values = _LongestFirst(self.no_log_values)
        known = {*self.argument_spec, *(alias for spec in self.argument_spec.values() for alias in spec.get("aliases") or ())}
        # an option that nobody knows is most often one misspelt, and may be a secret
        hidden = [name for name, value in self.params.items() if value and (name in _UNSEEN or name not in known)]
        hidden += [name for name in _URLS if "@" in str(self.params.get(name))]  # a user name and a password before the host
        self.params.update(dict.fromkeys(hidden, HIDDEN))


def secret_texts(params: Mapping[str, Any], spec: Mapping[str, Any]) -> set[str]:
    """Every text by which the secrets of these options may show."""
    given = [params.get(name) for name, option in spec.items() if option.get("no_log") and name != _KEY]
    return {*key_forms(params), *(text for value in given for text in _leaves(value))}


class _LongestFirst(set[str]):
    """ansible-core 2.18 masks in the order of the set: a key's lines before the whole would leave its markers."""

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__(), key=len, reverse=True))


def _leaves(value: object) -> Iterator[str]:
    """What Ansible masks of an option that is `no_log`: every text and number inside of it."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from _leaves(item)
    elif value and not isinstance(value, bool):
        yield str(value)
