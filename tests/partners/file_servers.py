"""An SFTP server on loopback, in a thread of its own, serving one folder to one user."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "gci", "a test's own"


@dataclass(frozen=True)
class SftpServer:
    """Where the server listens, and its host key as a connection has it."""

    port: int
    host_key: str


class _Login(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@contextmanager
def sftp_server(folder: Path) -> Iterator[SftpServer]:
    """Serves until the block ends."""
    key = asyncssh.generate_private_key("ssh-rsa", key_size=2048)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def factory(channel: Any) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder))

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            _Login, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=factory, allow_scp=False
        )

    acceptor = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    try:
        public = key.export_public_key("openssh").decode().split()
        yield SftpServer(acceptor.get_port(), " ".join(public[:2]))
    finally:
        loop.call_soon_threadsafe(acceptor.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
