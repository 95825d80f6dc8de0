"""Fetching from a folder of this machine, such as a share, through Airflow's FSHook."""

from __future__ import annotations

from pathlib import Path

from gci.partners.contract import Gather
from gci.partners.fetch.rate_limiter import Pace
from gci.partners.fetch.transport import Download, Mark, NotOfferedError, PartnerDownError
from gci.storage.whole import unfinished

_CHUNK = 1 << 20


def fetch(gather: Gather, before: Mark, into: Download, pace: Pace) -> Mark | None:
    """Fetch the file if size or time differ from before; see http.fetch for arguments, result and errors."""
    from airflow.providers.standard.hooks.filesystem import FSHook

    base = Path(FSHook(fs_conn_id=gather.connection).get_path()).resolve()
    path = (base / gather.path.lstrip("/")).resolve()
    if not path.is_relative_to(base):
        raise NotOfferedError(f"{path} lies outside {base}, the folder of the connection {gather.connection}.")
    try:
        about = path.stat()
        mark = Mark(f"{about.st_size}-{about.st_mtime_ns}")
        if not path.is_file():
            raise NotOfferedError(f"{path} is no file.")
        if mark == before:
            return None
        if (reason := unfinished(path)) is not None:
            raise PartnerDownError(f"{path}: {reason}.")
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                into.write(chunk)
        after = path.stat()
    except (FileNotFoundError, PermissionError) as error:
        raise NotOfferedError(f"{path} cannot be read: {error}") from None
    except OSError as error:
        raise PartnerDownError(f"{path} cannot be read: {error}") from None
    if into.size != about.st_size or Mark(f"{after.st_size}-{after.st_mtime_ns}") != mark:
        raise PartnerDownError(f"{path} is still being written: it is taken by the next run.")
    return mark
