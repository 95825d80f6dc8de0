"""A page that is held, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from gci.site.content import Content
from gci.site.names import Names
from gci.site.pages import Page
from gci.texts import translator


class Fault(NamedTuple):
    """A place that breaks a check.

    Attributes:
        check: the check.
        page: the file, below the folder of the pages.
        place: where on it.
        found: what stands there.
        expected: what should.
    """

    check: str
    page: str
    place: str
    found: str
    expected: str


@dataclass(frozen=True)
class Asked:
    """One page that is being asked.

    Attributes:
        content: what it tells of.
        page: what it is.
        name: the file, below the folder of the pages.
        language: code of the language whose folder it lies in.
        languages: codes of all languages of the pages.
        document: its HTML, parsed.
        files: what lies beside it, or will when it is published.
        keys: English texts that read otherwise in its language.
    """

    content: Content
    page: Page
    name: str
    language: str
    languages: Sequence[str]
    document: Any
    files: frozenset[str]
    keys: frozenset[str]

    @cached_property
    def names(self) -> Names:
        """What is called how in its language."""
        return Names(self.content, translator(self.language))
