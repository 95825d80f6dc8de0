"""Whether a user of the server may be one of those who wrote reviews, however each of them spells a name.

A review names its author in free text; the server knows a user name, a full name, an address. One way of writing a name
must not make two people of one: where it may be the same person, it counts as the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SEVERAL = re.compile(r"[;,/|&+<>()\[\]\n]")  # between people in one cell, or a name and its address
_ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters; in other scripts marks are letters


def same_person(names: Iterable[str], reviewers: Iterable[str]) -> tuple[str, str] | None:
    """The first name that may be a reviewer's too, with what stands in the review; None when there is none.

    The same are names that differ in case, accents, forms of letters, characters that are not seen, punctuation or the
    order of their words; a full name within a longer one ("Dr. Jane M. Doe"), beside others, or in an address
    (jane.doe@example.org); and a single word where it is all that stands for one person.

    Args:
        names: all that somebody is known by: user name, full name, e-mail address.
        reviewers: as the review files have them.
    """
    wrote = [(reviewer, frozenset(_words(reviewer)), _people(reviewer)) for reviewer in reviewers]
    for name in names:
        spelled = {frozenset(_words(name)), frozenset(_words(name.partition("@")[0]))} - {frozenset()}
        for reviewer, words, people in wrote:
            if any(one in people or (len(one) > 1 and one <= words) for one in spelled):
                return name, reviewer
    return None


def _people(reviewer: str) -> set[frozenset[str]]:
    """The words of each one who may be named in a cell."""
    parts = [reviewer, *_SEVERAL.split(reviewer)]
    return {frozenset(_words(one)) for part in parts for one in (part, part.partition("@")[0])} - {frozenset()}


def _words(name: str) -> list[str]:
    """The words of a name: letters and digits alone, in one spelling."""
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    seen = "".join(one for one in _ACCENTS.sub("", spelled) if unicodedata.category(one) != "Cf")
    return "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in seen).split()
