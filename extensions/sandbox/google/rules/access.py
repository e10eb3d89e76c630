# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: the service account's key, the token endpoint, live tokens, and a quota for each actor."""

from __future__ import annotations

import secrets
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import google.auth.jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from ...frame.refusal import Refusal
from ..store.grants import Grants
from ..store.store import Store
from .errors import invalid_credentials, login_required, refuse

AUDIENCE = "https://oauth2.googleapis.com/token"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST = 3600  # seconds that an assertion may live
_UNAUTHORIZED = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."
)


class ServiceAccount:
    """One key pair for each start of the sandbox."""

    def __init__(self) -> None:
        self.email = "provisioning@sandbox-project.iam.gserviceaccount.com"
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        encoding = serialization.Encoding.PEM
        self._private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
        self.public = key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo).decode()

    def info(self, token_uri: str) -> dict[str, str]:
        return {
            "type": "service_account",
            "project_id": "sandbox-project",
            "private_key_id": "4f0c9d1e2b3a4f0c9d1e2b3a4f0c9d1e2b3a4f0c",
            "private_key": self._private,
            "client_email": self.email,
            "client_id": "104242424242424242424",
            "token_uri": token_uri,
        }


@dataclass(frozen=True)
class Token:
    """`subject` is a user's id, empty for the service account itself."""

    subject: str
    scopes: frozenset[str]
    expires: datetime


class Access:
    """`asked`: how often a token was asked for."""

    def __init__(self, store: Store, grants: Grants) -> None:
        self.service_account = ServiceAccount()
        self.asked = 0
        self._store = store
        self._grants = grants
        self._context = store.context
        self._live: dict[str, Token] = {}
        self._recent: dict[str, deque[datetime]] = {}
        self._counts: Counter[str] = Counter()

    def issue(self, subject: str, scopes: frozenset[str]) -> str:
        lifetime = float(self._context.switches["google_token_lifetime"])
        value = f"ya29.{secrets.token_urlsafe(48)}"
        self._live[value] = Token(subject, scopes, self._store.now() + timedelta(seconds=lifetime))
        return value

    def expire(self) -> None:
        now = self._store.now()
        self._live = {value: replace(token, expires=now) for value, token in self._live.items()}

    def counts(self) -> dict[str, int]:
        """Queries so far, by actor."""
        return dict(self._counts)

    def check(self, header: str | None) -> Token:
        """The token of an Authorization header; nothing else carries one here."""
        scheme, _blank, value = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not value:
            raise login_required()
        token = self._live.get(value)
        if token is None or self._store.now() >= token.expires:
            raise invalid_credentials()
        return token

    def admit(self, actor: str) -> None:
        """One query against the actor's minute."""
        self._counts[actor] += 1
        quota, now = self._context.switches["google_quota"], self._store.now()
        recent = self._recent.setdefault(actor, deque())
        while recent and recent[0] <= now - timedelta(minutes=1):
            recent.popleft()
        if quota is not None and len(recent) >= int(quota):
            raise refuse(403, "userRateLimitExceeded", "User Rate Limit Exceeded.",
                         domain="usageLimits")  # fmt: skip
        recent.append(now)

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The token endpoint: an assertion for an access token, or a Refusal in OAuth's form."""
        if form.get("grant_type") != GRANT:
            raise _oauth(400, "unsupported_grant_type", "Invalid grant_type")
        claims = self._claims(form.get("assertion", ""))
        scopes = frozenset(str(claims.get("scope") or "").split())
        if not scopes:
            raise _oauth(400, "invalid_scope", "Empty or missing scope not allowed.")
        subject = self._subject(str(claims["sub"]), scopes) if claims.get("sub") else ""
        lifetime = int(self._context.switches["google_token_lifetime"])
        return {"access_token": self.issue(subject, scopes), "expires_in": lifetime, "token_type": "Bearer"}

    def _claims(self, assertion: str) -> Mapping[str, Any]:
        account = self.service_account
        skew = timedelta(seconds=float(self._context.switches["google_token_skew"] or 0))
        try:
            claims: Mapping[str, Any] = google.auth.jwt.decode(  # type: ignore[no-untyped-call]
                assertion, certs=account.public, verify=True, clock_skew_in_seconds=10
            )
        except (ValueError, google.auth.exceptions.GoogleAuthError) as error:
            raise _oauth(400, "invalid_grant", _why(str(error))) from None
        if claims.get("iss") != account.email:
            raise _oauth(400, "invalid_grant", "Invalid grant: account not found")
        if claims.get("aud") not in (AUDIENCE, f"{self._context.base_url}/token"):
            raise _oauth(400, "invalid_grant", "Invalid JWT: Failed audience check.")
        late = datetime.fromtimestamp(float(claims["exp"])).astimezone() <= datetime.now().astimezone() + skew
        if late or float(claims["exp"]) - float(claims["iat"]) > LONGEST:
            raise _oauth(400, "invalid_grant", _why("Token expired"))
        return claims

    def _subject(self, email: str, scopes: frozenset[str]) -> str:
        """Delegation: one scope that was not granted fails the whole request."""
        granted = set(self._grants.scopes)
        if self._context.switches["google_scope_match"] == "covers":
            granted |= {f"{scope}.readonly" for scope in granted}
        if not scopes <= granted:
            raise _oauth(401, "unauthorized_client", _UNAUTHORIZED)
        user = self._store.user_by(email)
        if user is None or user.suspended:
            raise _oauth(400, "invalid_grant", "Invalid email or User ID")
        if not user.admin and self._context.switches["google_subject_no_admin"] == "token":
            raise _oauth(401, "unauthorized_client", _UNAUTHORIZED)
        return user.id


def _why(reason: str) -> str:
    if "expired" in reason.lower() or "early" in reason.lower():
        return (
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim."
        )
    return "Invalid JWT Signature."


def _oauth(status: int, error: str, description: str) -> Refusal:
    return Refusal(status, {"error": error, "error_description": description})
