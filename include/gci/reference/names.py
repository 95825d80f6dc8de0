"""Any spelling of a state → its alpha-3 code, or a reason why not. Never a guess.

What is known stands in tables that a person reviewed: the names of the member states in six languages and their codes
(seed `member_states`), and in `include/names/` the long names (`un_names`), other spellings (`aliases`), spellings that
mean more than one state (`ambiguous`) and names that are no member (`not_members`).
Why no library: docs/dependencies.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from gci.reference.seeds import MemberState

Verdict = Literal["state", "ambiguous", "not_a_member", "unknown"]
CodeSystem = Literal["alpha3", "alpha2", "m49"]

# Marks of notes behind a name: France¹, Cyprus [2], China 1/, Serbia (a), Moldova2, and by which tables of ITU mark
# states that did not respond, `Yemen (Republic of)**`.
_MARKS = re.compile(
    r"(?:\s*(?:\*+|[†‡§¶]+|[⁰¹²³⁴-⁹ᵃ-ᵉ]+|\[\w{1,2}\]|\((?:\d{1,2}|[a-z])\)|\b(?:\d{1,2}|[a-z])/)|(?<=[^\W\d_])\d{1,2})+$"
)
_QUOTES = '"“”„«»'
_ARTICLE = re.compile(r" \((the|la|le|les|l'|el|los|las)\)$")  # the United Nations write `Niger (le)`
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_LEADING = re.compile(r"^(the |la |le |les |l'|el |los |las )", re.IGNORECASE)
_INNER = re.compile(r"\b(of|and) the\b", re.IGNORECASE)
_BEHIND = re.compile(r"(?P<name>[^,(]+)(?:, | \()(?P<kind>[^,()]+ of(?: the)?|the|(?P<whole>(?:[^,()]+ )?republic))\)?")
_ABBREVIATED = {
    "dem.": "democratic", "eq.": "equatorial", "fed.": "federal", "herz.": "herzegovina", "is.": "islands",
    "n.": "north", "rep.": "republic", "s.": "south",
}  # fmt: skip
_M49 = re.compile(r"'?(\d{1,3})(\.0+)?", re.ASCII)  # spreadsheets drop leading zeros, and programs write 4.0
_NEAR = 0.75  # how alike a hint must be; a hint is for people and never taken as the answer


@dataclass(frozen=True)
class Resolution:
    """What one spelling means.

    Attributes:
        spelling: as it was written.
        verdict: `state`; `ambiguous` where it means more than one; `not_a_member` for areas, aggregates and remarks
            on the reviewed list; `unknown` for all else.
        iso3: the state; None unless the verdict is `state`.
        may_mean: codes of what it may mean where it is ambiguous, or of the area that it names.
        nearest: the known name that looks most like an unknown one, as a hint for people.
    """

    spelling: str
    verdict: Verdict
    iso3: str | None = None
    may_mean: tuple[str, ...] = ()
    nearest: str | None = None


@dataclass(frozen=True)
class Unresolved:
    """A spelling that stands for no state, with every place where it was met: a line of the report.

    Attributes:
        resolution: what the spelling means, and the hint.
        places: where it stands, in the order met.
    """

    resolution: Resolution
    places: tuple[str, ...]


class Names:
    """Resolves names and codes of states."""

    def __init__(
        self,
        states: Iterable[MemberState],
        aliases: Mapping[str, str],
        ambiguous: Mapping[str, tuple[str, ...]] | None = None,
        not_members: Mapping[str, str] | None = None,
    ) -> None:
        """Names and codes of states; further spellings of them; spellings of several; names that are no member's."""
        self._by_name: dict[str, set[str]] = {}
        self._by_code: dict[tuple[CodeSystem, str], str] = {}
        self._spelt: dict[str, str] = {}
        for state in states:
            for name in state.names.values():
                for spelling in (name, *_without_articles(name)):
                    self._learn(spelling, state.iso3)
            self._by_code["alpha3", state.iso3] = state.iso3
            self._by_code["alpha2", state.iso2] = state.iso3
            self._by_code["m49", state.m49] = state.iso3
        for alias, iso3 in aliases.items():
            for spelling in (alias, *_without_articles(alias)):
                self._learn(spelling, iso3)
        for spelling, codes in (ambiguous or {}).items():
            for code in codes:
                self._learn(spelling, code)
            self._by_name[_normal(spelling)].add("")  # stays ambiguous whatever else is known
        self._not_members = {_normal(name): code for name, code in (not_members or {}).items()}

    def _learn(self, name: str, iso3: str) -> None:
        normal = _normal(name)
        self._by_name.setdefault(normal, set()).add(iso3)
        self._spelt.setdefault(normal, name)

    def resolve(self, text: str, code: CodeSystem | None = None) -> str | None:
        """The alpha-3 code of the state that `text` names; None when it names none, or more than one.

        A code counts only in a column that is declared to hold codes of that kind: then `code` says which. In a column
        of names `NA` is no state; in one of alpha-2 codes it is Namibia.
        """
        return self.look_up(text, code).iso3

    def look_up(self, text: str, code: CodeSystem | None = None) -> Resolution:
        """What `text` means, and why it means no state where it does not."""
        if code is not None:
            return self._look_up_code(text, code)
        normal = _normal(text)
        named = next((found for one in _written_otherwise(normal) if (found := self._by_name.get(one))), set())
        if len(named) == 1:
            return Resolution(text, "state", next(iter(named)))
        if named:
            return Resolution(text, "ambiguous", may_mean=tuple(sorted(named - {""})))
        if normal in self._not_members:
            area = self._not_members[normal]
            return Resolution(text, "not_a_member", may_mean=(area,) if area else ())
        near = get_close_matches(normal, self._spelt, 1, _NEAR) if normal else []
        return Resolution(text, "unknown", nearest=self._spelt[near[0]] if near else None)

    def _look_up_code(self, text: str, system: CodeSystem) -> Resolution:
        bare = plain_code(text, system)
        iso3 = self._by_code.get((system, bare))
        if iso3 is not None:
            return Resolution(text, "state", iso3)
        listed = system == "alpha3" and bare and bare in self._not_members.values()
        return Resolution(text, "not_a_member", may_mean=(bare,)) if listed else Resolution(text, "unknown")


def unresolved(cells: Iterable[tuple[str, str]], names: Names, code: CodeSystem | None = None) -> list[Unresolved]:
    """The report on a column: every spelling that stands for no state, in order of first appearance.

    Args:
        cells: text of a cell and where it stands (`values.csv, row 12`).
        names: what is known.
        code: which codes the column is declared to hold; None for names.
    """
    places: dict[str, list[str]] = {}
    for text, place in cells:
        places.setdefault(text, []).append(place)
    found = {text: names.look_up(text, code) for text in places}
    return [Unresolved(found[text], tuple(places[text])) for text in places if found[text].iso3 is None]


def plain_code(text: str, system: CodeSystem) -> str:
    """A code as its system writes it: in capitals, of M49 with three digits."""
    bare = text.strip().upper()
    digits = _M49.fullmatch(bare) if system == "m49" else None
    return digits[1].zfill(3) if digits else bare


def _written_otherwise(normal: str) -> Iterator[str]:
    """A spelling, without its first article, with words in full and with what a list put behind a name before it.

    Such as `Tanzania, the United Republic of`, `Central African Rep.` or `Netherlands, The`.
    """
    in_full = " ".join(_ABBREVIATED.get(word.rstrip(",)"), word.rstrip(",)")) + _ends(word) for word in normal.split())
    for one in dict.fromkeys((normal, normal.removesuffix("."), in_full)):
        yield one
        yield _LEADING.sub("", one)
        if (behind := _BEHIND.fullmatch(one)) is not None:
            turned = f"{behind['kind']} {'of ' if behind['whole'] else ''}{behind['name']}"
            yield turned
            yield _LEADING.sub("", turned)


def _ends(word: str) -> str:
    """The comma or bracket that ends a word."""
    return word[len(word.rstrip(",)")) :]


def _without_articles(name: str) -> set[str]:
    """A long name as it is written without articles: `Republic of Niger` for `the Republic of the Niger`."""
    bare = _LEADING.sub("", name)
    forms = {bare, _INNER.sub(r"\1", name), _INNER.sub(r"\1", bare)} - {name}
    return {form for form in forms if " " in form}


def _normal(text: str) -> str:
    """A spelling without what does not tell names apart: case, accents, marks, articles, blanks, what does not show."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")  # marks of direction, soft hyphens
    bare = _MARKS.sub("", " ".join(seen.strip(_QUOTES + " ").split()))
    parts = unicodedata.normalize("NFKD", bare.translate(_APOSTROPHES).casefold())
    plain = "".join(char for char in parts if not unicodedata.combining(char)).replace("&", " and ")
    plain = " ".join(plain.split())
    return _ARTICLE.sub("", plain)
