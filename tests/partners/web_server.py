"""A web server on loopback that misbehaves as partners' servers do, each way under a path of its own."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HEADER = b"economy_name,iso3,idi_score,idi_2023,year,region,income_group\n"
GOOD = HEADER + b"Estonia,EST,90.5,89.25,2024,EUR,HI\n"
OTHER = b"country,code,score\nEstonia,EST,90.5\n"
TEAMS = [{"id": f"t{number}", "team": f"Team {number}", "country": "EE"} for number in range(5)]


@dataclass
class WebServer:
    """The server's state, which a test reads and changes.

    Attributes:
        port: where it listens.
        content: what `/data.csv` offers.
        failing: how many more requests `/fails` answers with 503.
        asked: requests by path.
        keys: the X-Api-Key and Authorization headers that came, with the path.
        other: address of another server, to which `/to_another_host` redirects.
        conditions: the If-None-Match headers that came for `/data.csv`.
        hold: set to let the answers that stall end.
    """

    port: int = 0
    content: bytes = GOOD
    failing: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    keys: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    other: str = ""
    conditions: list[str | None] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Serves until the block ends."""
    state = WebServer()

    class Handler(_Handler):
        server_state = state

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield state
        finally:
            state.hold.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_state: WebServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server_state.asked[path] += 1
        self.server_state.keys.append((path, self.headers.get("X-Api-Key"), self.headers.get("Authorization")))
        getattr(self, path.strip("/").replace(".", "_").split("/")[0], self.absent)()

    def log_message(self, format: str, *args: Any) -> None:
        return

    def answer(self, content: bytes, status: int = 200, promised: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content) if promised is None else promised))
        self.end_headers()
        self.wfile.write(content)

    def absent(self) -> None:
        self.answer(b"no such page", 404)

    def data_csv(self) -> None:
        state = self.server_state
        etag = f'"{hashlib.sha256(state.content).hexdigest()[:16]}"'
        state.conditions.append(self.headers.get("If-None-Match"))
        if self.headers.get("If-None-Match") == etag:
            self.answer(b"", 304, ETag=etag)
        else:
            self.answer(state.content, ETag=etag, Last_Modified="Sun, 01 Mar 2026 06:00:00 GMT")

    def unmarked(self) -> None:
        self.answer(self.server_state.content)

    def fails(self) -> None:
        if self.server_state.failing > 0:
            self.server_state.failing -= 1
            self.answer(b"down", 503)
        else:
            self.answer(self.server_state.content)

    def busy(self) -> None:
        if self.server_state.asked["/busy"] == 1:
            self.answer(b"slow down", 429, Retry_After="1")
        else:
            self.answer(self.server_state.content)

    def stalls(self) -> None:
        content = self.server_state.content
        self.answer(content[:20], promised=len(content))
        self.wfile.flush()
        self.server_state.hold.wait(30)

    def drips(self) -> None:
        self.answer(b"", promised=10_000)
        for _ in range(10_000):
            self.wfile.write(b"a")
            self.wfile.flush()
            if self.server_state.hold.wait(0.01):
                return

    def truncates(self) -> None:
        content = self.server_state.content
        self.answer(content[:-5], promised=len(content))

    def hangs_up(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"a\r\neconomy_na\r\n")

    def moved(self) -> None:
        self.answer(b"", 302, Location="/data.csv")

    def loop(self) -> None:
        self.answer(b"", 302, Location="/loop")

    def elsewhere(self) -> None:
        self.answer(b"", 302, Location="file:///etc/hostname")

    def to_another_host(self) -> None:
        self.answer(b"", 302, Location=f"{self.server_state.other}/data.csv?key=told")

    def forbidden(self) -> None:
        self.answer(b"who are you", 403)

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server_state.hold.is_set():
                self.wfile.write(b"a" * 65_536)
        except OSError:
            return

    def schema_changed(self) -> None:
        self.answer(OTHER)

    def error_page(self) -> None:
        self.answer(b"<!doctype html><html><body>Maintenance</body></html>")

    def teams(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        offset, limit = int(query.get("offset", ["0"])[0]), int(query.get("limit", ["100"])[0])
        rows = TEAMS[offset : offset + limit]
        self.answer(json.dumps({"total": len(TEAMS), "offset": offset, "data": rows}, indent=1).encode())

    def data(self) -> None:
        """`/data/v1/teams`, where FIRST has them."""
        self.teams()

    def teams_lost(self) -> None:
        self.answer(json.dumps({"total": 50, "data": [] if "offset=1" in self.path else TEAMS[:1]}).encode())
