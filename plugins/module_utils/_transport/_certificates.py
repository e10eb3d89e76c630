# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Certificates: where the trusted ones are read from, and what to do when one is not trusted."""

from __future__ import annotations

import os
from pathlib import Path

from ._errors import CredentialError

_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # in the order in which requests reads them
_MARK = b"CERTIFICATE-----"  # of PEM
_CURE = (
    "if your network inspects TLS, set ca_path to the PEM file of its certificate authority; REQUESTS_CA_BUNDLE in the environment "
    "serves both services and all tools"
)


def check_authorities(verify: object, ca_path: str | None) -> None:
    """CredentialError names the option or variable whose file holds no certificates; `verify` as requests has it."""
    if not isinstance(verify, str):
        return
    named = next((f"{name} (from the environment)" for name in _VARIABLES if os.environ.get(name) == verify), "requests' own bundle")
    where = "ca_path" if ca_path else named
    cure = "set it to a PEM file of certificates, or leave it out to trust public authorities; REQUESTS_CA_BUNDLE serves as well"
    if not os.path.exists(verify):
        raise CredentialError(f"{where} is {verify}, which does not exist: {cure}.")
    if os.path.isdir(verify) or not (ca_path or verify in map(os.environ.get, _VARIABLES)):
        return
    try:
        # loading a bundle takes as long as a whole small module: each request will
        holds = _MARK in Path(verify).read_bytes()
    except OSError as error:
        raise CredentialError(f"{where} is {verify}, which can't be read ({error.strerror}): {cure}.") from None
    if not holds:
        raise CredentialError(f"{where} is {verify}, which holds no certificate: {cure}.")


def certificate_trouble(who: str, error: BaseException) -> str:
    """One sentence for a TLS connection that was not made, with its cure."""
    text = root(error)
    if "WRONG_VERSION_NUMBER" in text or "wrong version number" in text:
        return f"{who} does not speak TLS ({text}); check that address and port are right, and whether it should be http://."
    if "doesn't match" in text or "not valid for" in text or "Hostname mismatch" in text:
        return f"{who} showed a certificate of another host ({text}); check the address, or whether a proxy stands between."
    if "expired" in text:
        return (
            f"{who} showed a certificate that has expired ({text}); check this machine's clock, then report it to whoever runs that host."
        )
    return f"{who} showed a certificate that this machine does not trust ({text}); {_CURE}."


def root(error: BaseException) -> str:
    """What went wrong in the first place, in its own words."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return str(error) or type(error).__name__
