# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One HTTP session: pacing, retries that never repeat a write of unknown outcome, no redirects, read-only if asked."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ._answer import Answer, is_daily, is_lock
from ._body import AGENT, PACKED
from ._certificates import certificate_trouble, check_authorities, root
from ._errors import OutcomeUnknown, TransportError, UnexpectedAnswer, Unreachable, WriteRefused
from ._known_secrets import Secrets
from ._libraries import import_error
from ._pacing import Pacer, Ticket
from ._retry_after import LONGEST_WAIT, retry_after
from ._shapes import READS, parse_json
from ._side_by_side import MOST_WORKERS, side_by_side, workers_for

if import_error("requests") is None:
    import requests
    from requests.adapters import HTTPAdapter

    from ._body import BrokenBody, read_body

    class Session(requests.Session):
        """Follows no redirect, whoever sends: what it carries is for one host."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None


PASSING = frozenset({429, 500, 502, 503, 504})  # of a token endpoint: tried again
_SAID = ("x-zm-trackingid",)  # headers that a refusal's sentence repeats
_WINDOW = 1.0  # seconds in which limits are counted
_LATEST = 32  # answers, of which the quickest shows how far away a service is: others may have waited here
T = TypeVar("T")


@dataclass(frozen=True)
class HttpOptions:
    """`timeout` in seconds for one answer; `max_attempts` in all; `read_only` refuses every write. `on_write` is called with each.

    `on_read` before each read, `on_page` with path, query and data of what it was answered.
    `insecure`: plain HTTP may go to other machines. `secrets`: what is sent, and taken out of what comes back.
    """

    timeout: float = 60
    max_attempts: int = 5
    validate_certs: bool = True
    ca_path: str | None = None
    read_only: bool = False
    workers: int = 16
    on_write: Callable[[str], object] = lambda _request: None
    on_read: Callable[[], object] = lambda: None
    on_page: Callable[[str, Mapping[str, Any] | None, Any], object] = lambda _path, _query, _data: None
    insecure: bool = False
    secrets: Secrets = field(default_factory=Secrets)


def new_session(options: HttpOptions, url: str) -> requests.Session:
    """A session whose proxies and certificates are read from the environment once (a third faster than each time).

    CredentialError when `ca_path`, or what REQUESTS_CA_BUNDLE names in its place, holds no certificates.
    """
    session = Session()
    settings = session.merge_environment_settings(url, {}, None, options.ca_path or options.validate_certs, None)
    session.trust_env = False
    session.proxies = dict(settings["proxies"])
    session.verify = settings["verify"] if options.validate_certs else False
    session.headers["User-Agent"] = AGENT
    check_authorities(session.verify, options.ca_path)
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=max(options.workers, MOST_WORKERS))
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


_URLS = {"Zoom": "api_url (ZOOM_API_URL)", "Google": "api_url (GOOGLE_DIRECTORY_URL) and groups_settings_url"}


class Http:
    """Sends requests for one service. `authorize(refused)` gives the Authorization header, another than the one that was `refused`."""

    def __init__(
        self, service: str, base_url: str, options: HttpOptions, authorize: Callable[[str], str], is_rate_limit: Callable[[Answer], bool]
    ) -> None:
        self.service, self.base_url, self.options = service, base_url.rstrip("/"), options
        self._authorize, self._is_rate_limit = authorize, is_rate_limit
        self._session, self._took = new_session(options, self.base_url), deque[float](maxlen=_LATEST)
        self._session.headers.update(PACKED)
        self._hide = options.secrets.hide_text

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        pacer: Pacer | None = None,
        headers: Mapping[str, str] | None = None,
        stands: Callable[[Answer], bool] | None = None,
    ) -> Answer:
        """The answer, whatever its status, once limits and passing faults are waited out. `stands`: what no waiting changes."""
        refused = False

        def sent(header: str, last: bool) -> Answer | None:
            return self._attempt(method, path, query, body, {**(headers or {}), "Authorization": header}, last)

        for attempt in range(1, self.options.max_attempts + 1):
            last = attempt == self.options.max_attempts
            ticket = pacer.wait() if pacer else None
            self._may(method, path)  # last of all, as waiting may have taken long
            header = self._authorize("")
            answer = sent(header, last)
            if answer is None:
                time.sleep(_backoff(attempt) if attempt > 1 else 0)
                continue
            if answer.status == 401 and not refused:
                refused = True
                answer = self._with_another(method, header, answer, sent)
            wait = None if stands and stands(answer) else self._pause(method, answer, attempt)
            if pacer and ticket:
                self._pace(pacer, ticket, answer, wait)
            if wait is None or last:
                self._settle(method, path, answer)
                return self._shown(method, path, query, answer)
            time.sleep(wait)
        raise AssertionError("unreachable")

    def _shown(self, method: str, path: str, query: Mapping[str, Any] | None, answer: Answer) -> Answer:
        if answer.ok and method in READS:
            self.options.on_page(path, query, answer.data)
        return answer

    def _with_another(self, method: str, header: str, answer: Answer, sent: Callable[[str, bool], Answer | None]) -> Answer:
        """What the next token is answered. A write may have been made all the same, so whoever sent it reads before sending it again."""
        if method not in READS:
            with contextlib.suppress(TransportError):
                self._authorize(header)
            return answer
        again = sent(self._authorize(header), True)
        if again is None:
            raise AssertionError("the last attempt answers or raises")
        return again

    def _pace(self, pacer: Pacer, ticket: Ticket, answer: Answer, wait: float | None) -> None:
        """What an answer says about the rate: an error of the service nothing, and neither a limit that is not of a second."""
        if wait is not None and self._is_rate_limit(answer) and not is_lock(answer):
            pacer.refused(ticket, answer.headers, min(wait, _WINDOW) if _said(answer) is None else wait)
        elif answer.status != 429 and answer.status < 500:
            pacer.accepted(ticket, answer.headers)

    def _may(self, method: str, path: str) -> None:
        if method in READS:
            self.options.on_read()
            return
        if self.options.read_only:
            raise WriteRefused(f"Check mode sends nothing, yet {method} {path} was tried; please report this.")
        self.options.on_write(f"{method} {path}")

    def _attempt(
        self, method: str, path: str, query: Mapping[str, Any] | None, body: Any, headers: Mapping[str, str], last: bool
    ) -> Answer | None:
        """One request; None when it may be repeated because nothing was sent or it was a read.

        The first time at once: without any fault, a server may close a connection that was kept for the next page.
        """
        try:
            response = self._session.request(
                method,
                self.base_url + path,
                params=query,
                data=None if body is None else json.dumps(body),
                headers={"Content-Type": "application/json", **headers} if body is not None else dict(headers),
                timeout=self.options.timeout,
                allow_redirects=False,
                stream=True,
            )
            content = read_body(response)
        except requests.exceptions.SSLError as error:
            if method not in READS and "CERTIFICATE" not in root(error).upper():  # the line may have broken after it was sent
                raise self._unanswered(method, path) from None
            raise Unreachable(self._hide(certificate_trouble(f"{self.service} at {self._host}", error))) from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError) as error:
            self._lost(last, error)
            return None
        except requests.exceptions.RequestException as error:
            if method in READS or (isinstance(error, requests.exceptions.ConnectionError) and _never_connected(error)):
                self._lost(last, error)
                return None
            raise self._unanswered(method, path) from None
        self._took.append(response.elapsed.total_seconds())
        secrets = self.options.secrets
        data, is_json = _parse(secrets.hide(content, data=response.ok))
        for name in _SAID if not response.ok else ():
            if name in response.headers:
                response.headers[name] = secrets.hide_text(response.headers[name])
        return Answer(response.status_code, data, response.headers, is_json)

    def _unanswered(self, method: str, path: str) -> OutcomeUnknown:
        return OutcomeUnknown(f"{self.service} gave no answer to {method} {path}; whether it was done is not known.")

    def _lost(self, last: bool, error: Exception) -> None:
        if last and isinstance(error, BrokenBody):
            raise UnexpectedAnswer(
                f"{self.service} at {self._host} was asked {self.options.max_attempts} times for what can't be read: {error}; "
                "run again later, and check the proxy."
            ) from None
        if last:
            raise Unreachable(
                f"{self.service} could not be reached at {self._host} in {self.options.max_attempts} attempts ({self._hide(root(error))}); "
                f"check {_URLS.get(self.service, 'api_url')}, the proxy and the network."
            ) from None

    def _pause(self, method: str, answer: Answer, attempt: int) -> float | None:
        """Seconds to wait before the same request again; None when the answer stands."""
        if self._is_rate_limit(answer):
            if is_daily(answer):
                return None
            wait = _said(answer)
            return _backoff(attempt) if wait is None else wait + random.uniform(0, 0.2)
        return _backoff(attempt) if answer.status >= 500 and method in READS else None

    def _settle(self, method: str, path: str, answer: Answer) -> None:
        if 300 <= answer.status < 400:
            words = f"{self.service} redirects {method} {path} elsewhere (HTTP {answer.status}), which is not followed"
            if method in READS:
                raise UnexpectedAnswer(f"{words}; check api_url.")
            raise OutcomeUnknown(f"{words}; whether it was done is not known. Check api_url.")
        if answer.status >= 500 and method not in READS:
            raise OutcomeUnknown(f"{self.service} failed at {method} {path} with HTTP {answer.status}; whether it was done is not known.")

    @property
    def _host(self) -> str:
        return urlsplit(self.base_url).netloc

    def each(self, work: Callable[[Any], T], items: Iterable[Any]) -> list[T]:
        """`work` over items side by side, results in their order; the first error ends it."""
        return side_by_side(work, items, self._workers)

    def _workers(self) -> int:
        return max(self.options.workers, workers_for(min(self._took, default=0.0)))


def _said(answer: Answer) -> float | None:
    """Seconds that a refusal names and that mean something: neither none at all, nor more than any limit of a second is about."""
    wait = retry_after(answer.headers)
    return wait if wait and wait <= LONGEST_WAIT else None


def wait_after(status: int, headers: Mapping[str, str], attempt: int) -> float | None:
    """Seconds until the next request for a token, None when the answer stands. `attempt` counts from 1."""
    if status not in PASSING:
        return None
    wait = retry_after(headers)
    return backoff(attempt) if wait is None else wait if wait <= LONGEST_WAIT else None


def backoff(attempt: int) -> float:
    """Seconds before what failed is tried again; `attempt` counts from 1."""
    return _backoff(attempt)


def _backoff(attempt: int) -> float:
    return float(2 ** (attempt - 1)) + random.uniform(0, 0.5)


def _never_connected(error: Exception) -> bool:
    return "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)


def _parse(content: bytes) -> tuple[Any, bool]:
    """The body, and whether it is JSON or nothing."""
    if not content.strip():
        return None, True
    try:
        return parse_json(content), True
    except ValueError:
        return content[:500].decode("utf-8", "replace"), False
