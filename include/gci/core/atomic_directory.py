"""Work that is seen when it is whole or not at all: in a folder under a hidden name, gone afterwards."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gci.core.errors import TryAgain
from gci.core.modified import older_than

_STALE = 24 * 3600  # seconds


@contextmanager
def hidden(place: Path) -> Iterator[Path]:
    """An empty folder beside `place` under a hidden name, gone afterwards whatever happens.

    Raises:
        TryAgain: the disk refused it, or something that was done in it.
    """
    part = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        yield part
    except OSError as error:
        raise TryAgain(
            f"{place} could not be written ({error}). Mend that and call again. What is published is as it was."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def tidy(home: Path, pattern: str = ".*") -> None:
    """Remove what work that was killed a day ago or earlier left under hidden names in `home`."""
    for left in home.glob(pattern):
        if older_than(left, time.time() - _STALE):
            shutil.rmtree(left, ignore_errors=True)
