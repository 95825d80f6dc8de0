"""What libraries print, taken line by line: Airflow, dbt and Great Expectations print where it pleases them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout


@contextmanager
def captured_to(take: Callable[[str], object]) -> Iterator[None]:
    """Give every line that is printed within to `take`, and nothing to the screen."""
    printed = _Printed(take)
    with redirect_stdout(printed), redirect_stderr(printed):
        yield


class _Printed(io.TextIOBase):
    """A text stream that hands on the lines that are complete; blank ones are left out."""

    def __init__(self, take: Callable[[str], object]) -> None:
        self._take = take
        self._rest = ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(str.strip, lines):
            self._take(line)
        return len(text)

    def writable(self) -> bool:
        return True
