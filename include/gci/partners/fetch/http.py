"""Fetching over HTTP(S) through Airflow's HttpHook: conditional, bounded in size, time and redirects, page by page."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from gci.core import clock
from gci.partners.contract import Gather
from gci.partners.fetch.rate_limiter import Pace
from gci.partners.fetch.transport import Download, Mark, NotOfferedError, PartnerDownError
from gci.readers.json import at

if TYPE_CHECKING:
    from requests import Response, Session

_CHUNK = 1 << 16
_PORTS = {"http": 80, "https": 443}
_LONGEST = 20  # times the timeout that one answer may take in all: a server may send a byte a second for ever
_MOST_PAGES = 10_000
_LONGEST_WAIT = 300  # seconds; a partner may ask for more, then the next run tries


def fetch(gather: Gather, before: Mark, into: Download, pace: Pace) -> Mark | None:
    """Fetch what the source offers now.

    Args:
        gather: where and how.
        before: the mark of what was fetched last; an answer "not modified" is believed.
        into: where the bytes go.
        pace: waits where the host was asked a moment ago.

    Returns:
        The mark of what came; None when nothing has changed.

    Raises:
        PartnerDownError: no answer, a truncated one, or one that says to try again.
        NotOfferedError: an answer that will be the same next time: not found, forbidden, too large, a loop.
    """
    session, url = _session(gather)
    with session:
        if gather.pages:
            _pages(gather, session, url, into, pace)
            return Mark()
        return _one(gather, session, url, before, into, pace)


def _one(gather: Gather, session: Session, url: str, before: Mark, into: Download, pace: Pace) -> Mark | None:
    conditions = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    with _answer(gather, session, url, headers, {}, pace) as response:
        if response.status_code == 304 and headers:
            return None
        _take(gather, response, into)
        return Mark(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))


def _pages(gather: Gather, session: Session, url: str, into: Download, pace: Pace) -> None:
    """Every page of the answer, each on lines of its own. The reader holds their rows against the total."""
    pages: Mapping[str, Any] = gather.pages or {}
    taken = 0
    for number in range(_MOST_PAGES):
        parameters = {pages["size_parameter"]: pages["size"]}
        if "offset_parameter" in pages:
            parameters[pages["offset_parameter"]] = taken
        if "page_parameter" in pages:
            parameters[pages["page_parameter"]] = number + 1
        with _answer(gather, session, url, {}, parameters, pace) as response, _Page(into) as page:
            _take(gather, response, page)
        document = page.document()
        rows, total = at(document, pages["rows_at"]), at(document, pages["total_at"])
        if not isinstance(rows, list) or not isinstance(total, int):
            raise NotOfferedError(
                f"{url} answers with a document without {pages['rows_at']} and {pages['total_at']}: its form has "
                "changed, or it is an error message. The description in include/partners must follow its form."
            )
        taken += len(rows)
        if taken >= total or not rows:
            return
    raise NotOfferedError(f"{url} has more than {_MOST_PAGES} pages.")


class _Page:
    """One page: its bytes go on to the file and are kept until its rows are counted."""

    def __init__(self, into: Download) -> None:
        self._into = into
        self._bytes = bytearray()

    def __enter__(self) -> _Page:
        return self

    def __exit__(self, *_: object) -> None:
        self._into.write(b"\n")

    def write(self, chunk: bytes) -> None:
        self._bytes += chunk
        self._into.write(chunk)

    def document(self) -> Any:
        try:
            return json.loads(self._bytes)
        except ValueError:
            raise NotOfferedError("The partner answers a page with something that is no JSON.") from None


def _session(gather: Gather) -> tuple[Session, str]:
    """A session with what the connection says (host, login, certificates, proxies), and the address."""
    from airflow.providers.http.hooks.http import HttpHook

    hook = HttpHook(method="GET", http_conn_id=gather.connection)
    session = hook.get_conn()
    session.headers.setdefault("User-Agent", "gci-warehouse")
    session.headers["Accept-Encoding"] = "identity"  # no archive that unpacks to more than it says
    return session, hook.url_from_endpoint(gather.path)


def _answer(
    gather: Gather, session: Session, url: str, headers: Mapping[str, str], parameters: Mapping[str, Any], pace: Pace
) -> Response:
    """The answer, its status looked at, its body not yet read. Redirects are followed on the connection's own host."""
    for _ in range(gather.redirects + 1):
        response = _asked(session, url, headers, parameters, gather, pace)
        if not response.is_redirect:
            _judge(response, url)
            return response
        response.close()
        url, parameters = next_address(url, response.headers["Location"], gather.connection), {}
    raise NotOfferedError(f"{url} redirects more than {gather.redirects} times, perhaps in a loop.")


def _asked(
    session: Session, url: str, headers: Mapping[str, str], parameters: Mapping[str, Any], gather: Gather, pace: Pace
) -> Response:
    """What the server says to one request."""
    import requests

    pace.wait(urlsplit(url).netloc, gather.pause)
    try:
        return session.get(
            url, headers=headers, params=parameters, stream=True, timeout=gather.timeout, allow_redirects=False
        )
    except (
        requests.exceptions.InvalidSchema,
        requests.exceptions.InvalidURL,
        requests.exceptions.MissingSchema,
    ) as error:
        raise NotOfferedError(f"{url} leads to an address that is none of the web: {error}") from None
    except requests.RequestException as error:
        raise PartnerDownError(f"{url} does not answer: {_reason(error)}") from None


def next_address(url: str, location: str, connection: str) -> str:
    """Where a redirect leads to, if what the connection carries (key, login, headers) may go there too.

    Args:
        url: the address that was asked.
        location: where it points, as its answer says.
        connection: the connection's name, for the message.

    Raises:
        NotOfferedError: it leads to another host or port, to an address without encryption, or to none of the web.
    """
    try:
        target = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(target)
        here, there = ((one.scheme, one.hostname, one.port or _PORTS.get(one.scheme)) for one in (before, after))
    except ValueError:
        raise NotOfferedError(f"{url} redirects to an address that is none of the web.") from None
    shown = urlunsplit((after.scheme, after.hostname or "", after.path, "", ""))  # without what may be a key
    if after.scheme not in _PORTS:
        raise NotOfferedError(f"{url} redirects to {shown}, which leads to an address that is none of the web.")
    if (before.scheme, after.scheme) == ("https", "http"):
        raise NotOfferedError(f"{url} redirects to {shown}, an address without encryption.")
    upgraded = here[1] == there[1] and (here[::2], there[::2]) == (("http", 80), ("https", 443))
    if here != there and not upgraded:
        raise NotOfferedError(
            f"{url} redirects to another server, {shown}. It was not followed: what the connection {connection} "
            "carries (key, login) is for its own host. If the owner has moved, ask, and change the connection's host."
        )
    return target


def _judge(response: Response, url: str) -> None:
    """Raises for an answer that is no data."""
    status = response.status_code
    if status in (200, 304):
        return
    response.close()
    if status in (408, 425, 429) or status >= 500:
        raise PartnerDownError(f"{url} answers {status} {response.reason}.", _asked_to_wait(response))
    raise NotOfferedError(
        f"{url} answers {status} {response.reason}: look at the address and at the connection's login, then try again."
    )


def _take(gather: Gather, response: Response, into: Download | _Page) -> None:
    """Read the body, whole and within its bounds."""
    from urllib3.exceptions import HTTPError

    began = time.monotonic()
    received = 0
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            into.write(chunk)
            received += len(chunk)
            if time.monotonic() - began > _LONGEST * gather.timeout:
                raise PartnerDownError(
                    f"{response.url} sends too slowly: {received} bytes in {_LONGEST * gather.timeout:g} s."
                )
    except (HTTPError, OSError) as error:
        raise PartnerDownError(f"{response.url} breaks off after {received} bytes: {_reason(error)}") from None
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and "Content-Encoding" not in response.headers and int(promised) != received:
        raise PartnerDownError(f"{response.url} breaks off after {received} of {promised} bytes.")


def _asked_to_wait(response: Response) -> float | None:
    """The seconds of Retry-After, a number or a date."""
    said = response.headers.get("Retry-After", "")
    if said.isdecimal():
        return min(float(said), _LONGEST_WAIT)
    try:
        return min(max((parsedate_to_datetime(said) - clock.now()).total_seconds(), 0), _LONGEST_WAIT)
    except (TypeError, ValueError):
        return None


def _reason(error: BaseException) -> str:
    """The innermost reason in a line: the libraries wrap it several times."""
    while (inner := error.__context__ or error.__cause__) is not None and str(inner):
        error = inner
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
