"""Which languages are written, and whether it is for an official release: what whoever runs the warehouse has set."""

from __future__ import annotations

import os
from collections.abc import Sequence

from gci.core.errors import WrongUsage
from gci.reference.labels import LANGUAGES
from gci.reference.labels import language as known

_LANGUAGES, _OFFICIAL = "GCI_LANGUAGES", "GCI_OFFICIAL"
_YES, _NO = ("1", "yes", "true"), ("", "0", "no", "false")


def official() -> bool:
    """Whether releases are official: $GCI_OFFICIAL. Raises WrongUsage for a value that says neither yes nor no."""
    said = os.environ.get(_OFFICIAL, "").strip().lower()
    if said not in (*_YES, *_NO):
        raise WrongUsage(f"{_OFFICIAL}={said}: say yes or no.")
    return said in _YES


def languages(named: Sequence[str] = ()) -> list[str]:
    """The languages to write, each once.

    Args:
        named: codes that somebody asked for; without them all six where the release is official, else those of
            $GCI_LANGUAGES, separated by commas, else English.

    Raises:
        WrongUsage: a language is not known.
    """
    set_ones = [one for one in os.environ.get(_LANGUAGES, "").replace(" ", "").split(",") if one]
    asked = named or (LANGUAGES if official() else set_ones) or ["en"]
    return list(dict.fromkeys(known(code) for code in asked))
