"""A file of the warehouse's own that is damaged, told in words of the thing: which file, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gci.core.errors import Blocked


class Damaged(Blocked):
    """A file that the warehouse wrote cannot be read any more.

    Attributes:
        path: the file.
        reason: what is wrong with it.
        remedy: what to do.

    Args:
        path: the same.
        reason: the same.
        remedy: the same.
    """

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        self.path = path
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{path} {reason}. {remedy}".rstrip())

    def __reduce__(self) -> tuple[type[Damaged], tuple[Path, str, str]]:
        return Damaged, (self.path, self.reason, self.remedy)


@contextmanager
def reading_json(path: Path, remedy: str) -> Iterator[None]:
    """Read a JSON file within the block, which raises ValueError in words where what it holds is not what it should be.

    Raises:
        Damaged: the file is empty, cut off, no JSON, or other JSON. FileNotFoundError passes.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise Damaged(path, "is no text: it was overwritten", remedy) from error
    except ValueError as error:
        raise Damaged(path, _of_json(path, error), remedy) from error
    except RecursionError as error:
        raise Damaged(path, "is nested deeper than anything that the warehouse writes", remedy) from error
    except IsADirectoryError as error:
        raise Damaged(path, "is a folder", remedy) from error


def put_aside(path: Path) -> None:
    """Give a damaged file a hidden name beside it, so that its own is free. One that is gone is no error."""
    with suppress(FileNotFoundError):
        path.rename(path.with_name(f".{path.name}.damaged"))


def _of_json(path: Path, error: ValueError) -> str:
    import json

    if path.is_file() and not path.read_bytes().strip():
        return "is empty"
    if isinstance(error, json.JSONDecodeError):
        return f"is no whole JSON, cut off or overwritten (line {error.lineno}, column {error.colno})"
    return f"cannot be used: {error}"
