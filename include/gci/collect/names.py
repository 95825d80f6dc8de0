"""Any spelling of a state → its alpha-3 code, or None. Never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from gci.reference import MemberState

_MARKS = re.compile(r"\*+$")  # ITU's tables mark states that did not respond: `Yemen (Republic of)**`
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})


class Names:
    """Resolves spellings by the names of the states in six languages, their codes and the reviewed aliases."""

    def __init__(self, states: Iterable[MemberState], aliases: Mapping[str, str]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_code: dict[str, str] = {}
        for state in states:
            for name in state.names.values():
                self._by_name.setdefault(_normal(name), set()).add(state.iso3)
            for code in (state.iso3, state.iso3.lower(), state.iso2, state.m49):
                self._by_code[code] = state.iso3
        for alias, iso3 in aliases.items():
            self._by_name.setdefault(_normal(alias), set()).add(iso3)

    def resolve(self, text: str) -> str | None:
        """The alpha-3 code of the state that `text` names; None when it names none, or more than one.

        Two-letter codes count in capitals only: `no` is an answer, `NO` is Norway.
        """
        code = self._by_code.get(text.strip())
        if code is not None:
            return code
        named = self._by_name.get(_normal(text), set())
        return next(iter(named)) if len(named) == 1 else None


def _normal(text: str) -> str:
    """A spelling without what does not tell names apart: case, accents, marks, kinds of blanks and apostrophes."""
    bare = _MARKS.sub("", " ".join(text.split()))
    parts = unicodedata.normalize("NFKD", bare.translate(_APOSTROPHES).casefold())
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())
