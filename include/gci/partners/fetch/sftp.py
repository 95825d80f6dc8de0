"""Fetching over SFTP through Airflow's SFTPHook."""

from __future__ import annotations

import stat as modes

from gci.partners.contract import Gather
from gci.partners.fetch.rate_limiter import Pace
from gci.partners.fetch.transport import Download, Mark, NotOfferedError, PartnerDownError

_CHUNK = 1 << 15  # what a server sends in one answer


def fetch(gather: Gather, before: Mark, into: Download, pace: Pace) -> Mark | None:
    """Fetch the file if size or time differ from before; see http.fetch for arguments, result and errors."""
    from airflow.providers.sftp.hooks.sftp import SFTPHook
    from paramiko import AuthenticationException, BadHostKeyException, SSHException

    name = f"sftp {gather.connection}: {gather.path}"
    pace.wait(f"sftp {gather.connection}", gather.pause)
    try:
        seconds = max(1, round(gather.timeout))
        # Tried again by our own rule, which knows what is worth it: a wrong password is not.
        hook = SFTPHook(ssh_conn_id=gather.connection, conn_timeout=seconds, conn_retry_attempts=1)
        with hook.get_managed_conn() as client:
            if (channel := client.get_channel()) is not None:
                channel.settimeout(gather.timeout)
            about = client.stat(gather.path)
            mark = Mark(f"{about.st_size}-{about.st_mtime}")
            if not modes.S_ISREG(about.st_mode or 0):
                raise NotOfferedError(f"{name} is no file.")
            if mark == before:
                return None
            with client.open(gather.path, "rb") as source:
                while chunk := source.read(_CHUNK):
                    into.write(chunk)
            if into.size != about.st_size:
                raise PartnerDownError(f"{name} breaks off after {into.size} of {about.st_size} bytes.")
            after = client.stat(gather.path)
            if Mark(f"{after.st_size}-{after.st_mtime}") != mark:
                raise PartnerDownError(f"{name} is still being written: it is taken by the next run.")
            return mark
    except (AuthenticationException, BadHostKeyException) as error:
        raise NotOfferedError(f"{name}: the server and the connection do not trust each other: {error}") from None
    except (FileNotFoundError, PermissionError) as error:
        raise NotOfferedError(f"{name} cannot be read: {error}") from None
    except (SSHException, OSError, EOFError) as error:
        raise PartnerDownError(f"{name} cannot be fetched: {type(error).__name__}: {error}") from None
