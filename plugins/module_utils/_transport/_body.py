# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The body of one answer: unpacked, whole or an error, and never larger than any page is, whatever a server sends.

requests would take a packed body that ends too early for a whole one, and would unpack a few kilobytes to any size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing

from ._libraries import import_error

if import_error("requests") is None:
    import requests
    from urllib3.exceptions import HTTPError

    class BrokenBody(requests.exceptions.RequestException):
        """The answer came, and can't be read; the text is a clause."""


VERSION = "1.0.0"  # of galaxy.yml
AGENT = f"workspace_zoom.provisioning/{VERSION}"
# Google packs an answer only where both say so (zoom-api.md 11a): one of 500 users is then a sixteenth of the size.
PACKED = {"Accept-Encoding": "gzip", "User-Agent": f"{AGENT} (gzip)"}
MOST_BYTES = 64 * 2**20  # twenty times the largest page that either API gives
_PIECE = 64 * 2**10


def read_body(response: requests.Response) -> bytes:
    """Of a response that was asked for as a stream. BrokenBody where a 2xx can't be read; of a refusal the status is enough."""
    with closing(response):
        try:
            return b"".join(_bounded(_unpacked(response)))
        except BrokenBody:
            if 200 <= response.status_code < 300:
                raise
            return b""
        except HTTPError as error:
            raise requests.exceptions.ConnectionError(error) from error


def _unpacked(response: requests.Response) -> Iterator[bytes]:
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    pieces = response.raw.stream(_PIECE, decode_content=False)
    if coding in ("", "identity"):
        return pieces
    if coding in ("gzip", "x-gzip"):
        return _gunzipped(_bounded(pieces))  # parts that hold nothing never end by what they unpack to
    raise BrokenBody("the answer is packed in a way that was not asked for")


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A body may be several packed parts, one after the other, or nothing at all."""
    part = None
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if part is None or part.eof:
                    part = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
                yield part.decompress(rest, _PIECE)
                rest = part.unconsumed_tail or part.unused_data
        if part is not None:
            yield part.flush()
    except zlib.error:
        raise BrokenBody("the packed answer is broken") from None
    if part is not None and not part.eof:
        raise BrokenBody("the packed answer ends too early")


def _bounded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise BrokenBody(f"the answer is larger than {MOST_BYTES // 2**20} MB")
        yield piece
