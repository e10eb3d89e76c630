# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google credentials: a service account (with or without delegation), Application Default Credentials, or a token."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from . import _shared_tokens
from ._errors import CredentialError, UnexpectedAnswer, Unreachable
from ._google_token import discovery_request, token_request
from ._http import HttpOptions
from ._key_text import key_forms, parsed
from ._known_secrets import Secrets
from ._libraries import import_error
from ._shapes import is_token
from ._shared_failure import SharedFailure

if import_error("google-auth") is None:
    from google.auth import default as application_default
    from google.auth.exceptions import GoogleAuthError, RefreshError
    from google.oauth2 import service_account

_MOST = 500  # characters of what an endpoint says
_FORMS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)  # google-auth takes the form for granted
UNGRANTED = "unauthorized_client"  # what Google says where one of the scopes is not granted
SCOPE_PREFIX = "https://www.googleapis.com/auth/"


@dataclass(frozen=True)
class GoogleConnection:
    """The connection options of the Google side; secrets are kept out of its repr."""

    auth_kind: str
    api_url: str
    groups_settings_url: str
    customer: str
    subject: str | None = None
    service_account_file: str | None = None
    service_account_contents: Any = None
    service_account_email: str | None = None
    access_token: str | None = None

    def __repr__(self) -> str:
        return f"GoogleConnection(auth_kind={self.auth_kind!r}, api_url={self.api_url!r}, subject={self.subject!r})"


def google_authorizer(
    connection: GoogleConnection, options: HttpOptions, scopes: Sequence[str], on_secret: Callable[[str], None]
) -> Callable[[str], str]:
    """A function that gives the Authorization header, another than the one refused; one token for all threads.

    CredentialError says what to do.
    """
    if connection.auth_kind == "accesstoken":
        if not connection.access_token:
            raise CredentialError("auth_kind is accesstoken, but access_token (GCP_ACCESS_TOKEN) is not set.")
        options.secrets.add(connection.access_token)
        on_secret(connection.access_token)
        return lambda _refused: f"Bearer {connection.access_token}"
    wanted = [SCOPE_PREFIX + scope for scope in scopes]
    credentials, key, client = _credentials(connection, options, wanted, on_secret)
    request = token_request(options, connection.api_url)
    lock, failure = threading.Lock(), SharedFailure()

    def authorize(refused: str) -> str:
        with lock:
            if not credentials.valid or refused == f"Bearer {credentials.token}":
                if not _take_shared(key, credentials):
                    with failure.shared():
                        _refresh(credentials, request, connection, Asked(wanted, client), options.secrets)
                    _share(key, credentials)
                options.secrets.add(credentials.token)
                on_secret(credentials.token)
            return f"Bearer {credentials.token}"

    return authorize


def _take_shared(key: str, credentials: Any) -> bool:
    """Whether another module of this run was given a token for the same, other than the one that was refused."""
    found = _shared_tokens.take(key, credentials.token or "") if key else None
    if found:
        credentials.token, credentials.expiry = found["token"], datetime.fromtimestamp(found["expires"], timezone.utc).replace(tzinfo=None)
    return bool(found)


def _share(key: str, credentials: Any) -> None:
    if key and credentials.expiry:
        _shared_tokens.give(key, credentials.token, credentials.expiry.replace(tzinfo=timezone.utc).timestamp() - time.time())


def _credentials(
    connection: GoogleConnection, options: HttpOptions, scopes: Sequence[str], on_secret: Callable[[str], None]
) -> tuple[Any, str, str]:
    """And the key by which their token is shared: '' of Application Default Credentials, as what these depend on is google-auth's own
    knowledge. And the service account's client id, if it is known. The file is read once: it may be a pipe, or replaced.
    """
    if connection.auth_kind == "application":
        try:
            credentials, _project = application_default(scopes=scopes, request=discovery_request(options, connection.api_url))
        except GoogleAuthError as error:
            raise CredentialError(f"auth_kind is application, but no Application Default Credentials were found: {_first(error)}") from None
        except _FORMS:
            raise CredentialError(
                "auth_kind is application, but the Application Default Credentials have an unknown form; create them anew, or set "
                "GOOGLE_APPLICATION_CREDENTIALS to another file."
            ) from None
        if connection.subject and hasattr(credentials, "with_subject"):
            credentials = credentials.with_subject(connection.subject)
        return credentials, "", ""
    info, where = _service_account_info(connection)
    for form in key_forms({"private_key": info.get("private_key")}):
        on_secret(form)
    expected = connection.service_account_email
    if expected and info.get("client_email") != expected:
        raise CredentialError(f"{where} is the key of {info.get('client_email')}, not of service_account_email {expected}.")
    try:
        credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            info, scopes=scopes, subject=connection.subject
        )
    except (GoogleAuthError, ValueError) as error:
        raise CredentialError(f"{where} is no usable service account key: {_first(error)}") from None
    except _FORMS:
        raise CredentialError(f"{where} is no usable service account key: a field has an unknown form; download the key anew.") from None
    return credentials, _shared_tokens.key_of("google", info, connection.subject, sorted(scopes)), _client_id(info)


def _client_id(info: dict[str, Any]) -> str:
    """The public number that the Admin console grants scopes to; nothing else that may stand in its place."""
    found = info.get("client_id")
    return found if isinstance(found, str) and found.isascii() and found.isdigit() else ""


def _service_account_info(connection: GoogleConnection) -> tuple[dict[str, Any], str]:
    contents, path = connection.service_account_contents, connection.service_account_file
    if isinstance(contents, dict):
        return contents, "service_account_contents"
    if contents:
        text, where = str(contents), "service_account_contents"
    elif path and path.lstrip().startswith("{"):
        raise CredentialError("service_account_file holds a key, not the path of one; give the key as service_account_contents.")
    elif path:
        where = f"service_account_file {path}"
        try:
            with open(os.path.expanduser(path), encoding="utf-8") as handle:
                text = handle.read()
        except OSError as error:
            raise CredentialError(f"{where} can't be read: {error.strerror}{_begins(path)}.") from None
        except ValueError:  # no text, or no path
            raise CredentialError(f"{where} does not hold the JSON of a service account key.") from None
    else:
        raise CredentialError(
            "No Google credential: set service_account_file (GCP_SERVICE_ACCOUNT_FILE) or service_account_contents, "
            "or choose auth_kind application or accesstoken."
        )
    info = parsed(text)
    if not isinstance(info, dict):
        raise CredentialError(f"{where} does not hold the JSON of a service account key.")
    return info, where


def _begins(path: str) -> str:
    """A module's folder is the playbook's, which few expect."""
    return "" if os.path.isabs(os.path.expanduser(path)) else f" (a relative path begins at {os.getcwd()}); give an absolute path"


@dataclass(frozen=True)
class Asked:
    """What a token is requested for."""

    scopes: Sequence[str]
    client_id: str


def _refresh(credentials: Any, request: Any, connection: GoogleConnection, asked: Asked, secrets: Secrets) -> None:
    try:
        credentials.refresh(request)
    except RefreshError as error:
        text, first = secrets.hide_text(str(error)), secrets.hide_text(_first(error))
        raise CredentialError(_refused(text, _cut(first), connection, asked)) from None
    except GoogleAuthError as error:
        raise Unreachable(f"Google's token endpoint could not be reached: {_cut(secrets.hide_text(_first(error)))}") from None
    except _FORMS:
        raise UnexpectedAnswer("Google's token endpoint answered in an unknown form.") from None
    if not is_token(credentials.token):
        raise UnexpectedAnswer("Google's token endpoint answered in an unknown form (no usable access_token).")


def _refused(text: str, first: str, connection: GoogleConnection, asked: Asked) -> str:
    """One sentence for a refused token; `text` is google-auth's, with what the endpoint said. Scopes as the console's field takes them."""
    if UNGRANTED in text:
        client, scopes = f"client id {asked.client_id}".rstrip(), ",".join(asked.scopes)
        return (
            "Google refused the token (unauthorized_client): in the Admin console under Security, Access and data control, API controls, "
            f"Domain-wide delegation, grant the scopes {scopes} (all of them) to the service account's {client}."
        )
    known = next((advice for words, advice in _REFUSALS.items() if words in text), "")
    if known:
        return f"Google refused the token: {known} [{first.rstrip('.')}]."
    if "invalid_grant" in text:
        return (
            f"Google refused the token (invalid_grant) for subject (GOOGLE_WORKSPACE_SUBJECT) {connection.subject}: "
            "it must be an active administrator of the directory, the key must not be revoked and this machine's clock must be right."
        )
    return f"Google gave no token: {first} Check the service account's key and subject (GOOGLE_WORKSPACE_SUBJECT), then run again."


# What Google's token endpoint says beside the general words of invalid_grant.
_REFUSALS = {
    "account not found": "the service account does not exist any more; create a new key in its Google Cloud project",
    "Invalid JWT Signature": "the key of the service account was deleted or replaced; create a new key in the Google Cloud console",
    "reasonable timeframe": "this machine's clock is wrong; set it by NTP",
    "invalid_client": "the service account or its OAuth client is disabled or deleted; enable it in the Google Cloud console",
    "disabled_client": "the service account or its OAuth client is disabled or deleted; enable it in the Google Cloud console",
    "invalid_scope": "a scope is not known to Google; please report this",
    "access_denied": "an admin policy forbids it; allow the app in the Admin console under Security, API controls",
    "admin_policy_enforced": "an admin policy forbids it; allow the app in the Admin console under Security, API controls",
}


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST] + "..."


def _first(error: BaseException) -> str:
    """The first line of a message, ended as a sentence."""
    text = str(error.args[0] if error.args else error).splitlines()[0] if str(error) else type(error).__name__
    return text.rstrip(".") + "."
