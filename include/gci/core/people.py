"""Whether two names may be those of one person, however each is spelled: of an author, an approver, a reviewer, a user.

A file names people in free text; the server knows a user name, a full name, an address. One way of writing a name must
not make two people of one: where it may be the same person, it counts as the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SEVERAL = re.compile(r"[;,/|&+<>()\[\]\n]")  # between people in one cell, or a name and its address
_ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters; in other scripts marks are letters
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԀҺԚԜӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ0ØŁĐÐĦŦ",
    "ABESIJKMHOPCTYXYDHQWIABEZHIKMNOPTYXOOLDDHT",
) | str.maketrans({"Æ": "AE", "Œ": "OE", "Þ": "TH"})
"""Capitals of other scripts that look as a Latin one does, and Latin ones that are no letter with an accent."""
_UMLAUT = re.compile("([AOU])\u0308")

_Person = tuple[str, ...]
"""The words of somebody's name, in their order."""


def same_person(names: Iterable[str], others: Iterable[str]) -> tuple[str, str] | None:
    """The first name that may be one of the others too, with that one; None when there is none.

    The same are names that differ in case, accents, forms of letters, letters of another script that look alike,
    characters that are not seen, punctuation, blanks or the order of their words; a full name within a longer one
    ("Dr. Jane M. Doe"), with initials (J. Doe), beside others, or in an address (jane.doe@example.org) or user name
    (jdoe); and a single word where it is all that stands for one person.

    Args:
        names: all that somebody is known by: user name, full name, e-mail address.
        others: as files have them; a cell may name several.
    """
    listed = [(other, _people(other)) for other in others]
    for name in names:
        own = _people(name)
        for other, people in listed:
            if any(_may_be_one(one, another) for one in own for another in people):
                return name, other
    return None


def is_a_name(text: str) -> bool:
    """Whether there is a letter or digit in a text."""
    return any(_words(text))


def _people(text: str) -> set[_Person]:
    """Each one who may be named in a text, in each way of spelling umlauts; of an address what stands before the @."""
    parts = [text, *_SEVERAL.split(text)]
    found = {tuple(_words(one.partition("@")[0], umlaut)) for one in parts for umlaut in (r"\1", r"\1E")}
    return found - {()}


def _may_be_one(one: _Person, other: _Person) -> bool:
    if "".join(one) == "".join(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:  # a user name
        return len(long) > 1 and short[0] == long[0][0] + long[-1]
    left = [word for word in short if word not in long]
    over = [word for word in long if word not in short]
    initials = all(any(_is_initial(word, full) or _is_initial(full, word) for full in over) for word in left)
    return len(left) < len(short) and initials


def _is_initial(letter: str, word: str) -> bool:
    return len(letter) == 1 and word.startswith(letter)


def _words(name: str, umlaut: str = r"\1") -> list[str]:
    """The words of a name: letters and digits alone, in one spelling. Capitals, since more of them look alike."""
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).upper())
    plain = _ACCENTS.sub("", _UMLAUT.sub(umlaut, spelled)).translate(_ALIKE)
    seen = "".join(one for one in plain if unicodedata.category(one) != "Cf" and one not in "'\u2019")
    return "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in seen).split()
