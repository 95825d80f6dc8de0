"""What the areas of a partner's rows stand for: a state, something known to be none, or a question for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gci.diagnostics.problems import At, Report, quoted, span
from gci.partners.contract import Contract
from gci.reference.names import CodeSystem, plain_code
from gci.reference.validation_context import ValidationContext

_MOST_NAMED = 12
_SYSTEMS: dict[str, CodeSystem] = {"iso3": "alpha3", "iso2": "alpha2", "m49": "m49"}


@dataclass(frozen=True)
class Area:
    """What one area stands for.

    Attributes:
        text: as the partner wrote it.
        iso3: the member state; None where that is not known.
        counts: whether its values land: not those of aggregates, and none where the file is refused for it.
    """

    text: str
    iso3: str | None
    counts: bool = True


class Areas:
    """Resolves the areas of one file. Each kind of problem is reported once per area, with all its rows."""

    def __init__(self, contract: Contract, book: ValidationContext, report: Report) -> None:
        self._contract = contract
        self._book = book
        self._report = report
        self._column = contract.roles.get("area", contract.roles.get("area_name", ""))
        self._system = _SYSTEMS.get(contract.area_codes)  # None where the areas are names
        self._not_states = {self._plain(code): code for code in contract.not_states}
        self._known: dict[tuple[str, str], Area] = {}
        self._said: dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]] = {}
        self._saying: dict[tuple[str, str], list[tuple[str, tuple[tuple[str, Any], ...]]]] = {}
        self._left_out: dict[str, list[int]] = {}

    def area(self, text: str, name: str, row: int) -> Area:
        """What the area of a row stands for, by its code or text and by the name beside it."""
        key = (text, name)
        if key not in self._known:
            self._saying[key] = []
            self._known[key] = self._resolved(text, name, key)
        for said in self._saying[key]:
            self._said.setdefault(said, []).append(row)
        found = self._known[key]
        if not found.counts and not self._saying[key]:
            self._left_out.setdefault(found.text, []).append(row)
        return found

    def finish(self) -> None:
        """Report what was said of areas, and how many rows of areas that are no states were left out."""
        for (code, words), rows in self._said.items():
            self._report.add(code, At(rows[0], self._column), rows=span(rows), **dict(words))
        if self._left_out:
            names = [f"{area} ({self._contract.not_states[area]})" for area in sorted(self._left_out)]
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            count = sum(len(set(rows)) for rows in self._left_out.values())
            shown = ", ".join(names[:_MOST_NAMED]) + more
            self._report.add("areas_not_states", count=count, areas=len(names), found=shown)

    def _resolved(self, text: str, name: str, key: tuple[str, str]) -> Area:
        contract, said = self._contract, self._saying[key]
        shown = text or name
        for spelling in filter(None, (text, name)):
            if (iso3 := contract.areas.get(spelling)) is not None:
                said.append(_note("area_by_review", spelling, expected=iso3))
                return Area(shown, iso3)
        iso3 = self._book.names.resolve(text, self._system) if text else None
        listed = self._listed(text, name) if iso3 is None else None
        if listed is not None:
            return Area(listed, None, counts=False)
        if iso3 is None and not text and name:
            iso3 = self._book.names.resolve(name)
            if iso3 is not None:
                said.append(_note("area_by_name", name, expected=iso3))
        if iso3 is None:
            return self._unknown(text, name, key)
        named = self._book.names.resolve(name) if text and name else None
        if named not in (None, iso3):
            said.append(_note("area_label_differs", text, label=quoted(name), expected=named))
            return Area(shown, None, counts=False)
        return Area(shown, iso3)

    def _plain(self, text: str) -> str:
        return text if self._system is None else plain_code(text, self._system)

    def _listed(self, text: str, name: str) -> str | None:
        """The entry of the reviewed lists of areas that are no states which a code, or a name, is one of."""
        if self._plain(text) in self._not_states:
            return self._not_states[self._plain(text)]
        for spelling in filter(None, (text if self._system is None else "", name)):
            known = self._book.names.look_up(spelling)
            if (
                known.verdict == "not_a_member"
                and (code := next(iter(known.may_mean), "")) in self._contract.not_states
            ):
                return code
        return None

    def _unknown(self, text: str, name: str, key: tuple[str, str]) -> Area:
        said = self._saying[key]
        iso3 = self._book.iso2.get(text)
        if not text and not name:
            said.append(_note("area_empty", ""))
        elif self._contract.area_codes == "iso3" and iso3 is not None:
            said.append(_note("iso3_alpha2", text, state=self._book.state_name(iso3), expected=iso3))
        elif self._contract.unknown_area == "refuse":
            said.append(_note("area_unknown", text or name))
        else:
            said.append(_note("area_unresolved", text or name, label=f" ({quoted(name)})" if text and name else ""))
            return Area(text or name, None)
        return Area(text or name, None, counts=False)


def _note(code: str, found: str, **words: Any) -> tuple[str, tuple[tuple[str, Any], ...]]:
    return code, tuple((words | {"found": quoted(found)}).items())
