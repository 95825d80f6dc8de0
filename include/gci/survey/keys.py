"""What the rows of a file are about: edition, state and item, read the same way in every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from gci.diagnostics.messages import Rows
from gci.diagnostics.problems import Report, quoted, span
from gci.readers import Row
from gci.readers.invisible import visible
from gci.reference.validation_context import EditionRules, ValidationContext

Resolve = Callable[[str, list[Row]], str | None]  # text of a cell, the rows that have it → the value, or a problem

SHAPES = (("edition", r"20\d\d\w*"), ("iso3", r"[A-Za-z]{3}"))
"""What the cells of these columns look like, whatever the edition and the state."""


@dataclass(frozen=True)
class Values:
    """The values of a column whose cells repeat: what each text stands for, and in which rows.

    Attributes:
        by_text: text of the cell → value; None where it stands for nothing.
        rows: value → the rows that have it.
    """

    by_text: dict[str, str | None]
    rows: dict[str, list[Row]]

    @property
    def only(self) -> str | None:
        """The one value of the column; None when there is none or more than one."""
        return next(iter(self.rows)) if len(self.rows) == 1 else None


def values_of(rows: list[Row], column: str, resolve: Resolve) -> Values:
    """The values of a column; each text is resolved once, so that its problems are reported once with all rows.

    What is resolved is what people see of it.

    Rows without the column are passed over.
    """
    texts: dict[str, list[Row]] = {}
    for row in rows:
        if column in row.cells:
            texts.setdefault(row.cells[column], []).append(row)
    by_text = {text: resolve(visible(text), having) for text, having in texts.items()}
    by_value: dict[str, list[Row]] = {}
    for text, value in by_text.items():
        if value is not None:
            by_value.setdefault(value, []).extend(texts[text])
    return Values(by_text, by_value)


def refuse_two(values: Values, column: str, code: str, report: Report) -> None:
    """Report a column that should have one value and has several."""
    (first, first_rows), *others = values.rows.items() or [("", [])]
    for value, rows in others:
        words = {"first": first, "first_rows": numbers(first_rows), "found": value, "rows": numbers(rows)}
        report.add(code, rows[0].at(column), **words)


def numbers(rows: list[Row]) -> Rows:
    """The numbers of rows, for a message."""
    return span(row.number for row in rows)


def editions(rows: list[Row], book: ValidationContext, report: Report, folder: str | None) -> Values:
    """The edition(s) of the rows; more than one, or another than that of the folder, is reported."""

    def resolve(text: str, having: list[Row]) -> str | None:
        place, words = having[0].at("edition"), {"rows": numbers(having)}
        if not text:
            report.add("cell_empty", place, found=quoted("edition"), **words)
        elif text not in book.editions:
            report.add("edition_unknown", place, found=quoted(text), known=", ".join(book.editions), **words)
        else:
            return text
        return None

    values = values_of(rows, "edition", resolve)
    refuse_two(values, "edition", "two_editions", report)
    if folder is not None and values.only not in (None, folder):
        first = values.rows[str(values.only)][0]
        report.add("edition_not_of_folder", first.at("edition"), found=values.only, expected=folder)
    return values


def states(rows: list[Row], book: ValidationContext, report: Report) -> Values:
    """The state(s) of the rows as iso3."""

    def resolve(text: str, having: list[Row]) -> str | None:
        return _state(text, having, book, report)

    return values_of(rows, "iso3", resolve)


def refuse_strangers(about: Values, rules: EditionRules, book: ValidationContext, report: Report) -> None:
    """Report states that do not take part in the edition."""
    for iso3, having in about.rows.items():
        if iso3 not in rules.members:
            words = {"found": iso3, "state": book.state_name(iso3, report.language), "edition": rules.edition}
            report.add("not_a_member", having[0].at("iso3"), **words, rows=numbers(having))


def item_of(row: Row, rules: EditionRules, book: ValidationContext, report: Report) -> str | None:
    """The item of a row as its code; None, with a problem, when the edition has no such item."""
    text = visible(row.cells["item"])
    if text in rules.items:
        return text
    place = row.at("item")
    if not text:
        report.add("cell_empty", place, found=quoted("item"), rows=numbers([row]))
        return None
    by_case = {code.casefold(): code for code in rules.items}
    if (code := by_case.get(text.casefold())) is not None:
        report.add("item_case", place._replace(item=code), found=quoted(text), expected=code)
        return code
    others = [edition for edition, other in book.editions.items() if text.casefold() in other.items]
    if others:
        report.add("item_other_edition", place, found=quoted(text), edition=rules.edition, others=", ".join(others))
    else:
        near = get_close_matches(text.casefold(), by_case, 1)
        nearest = by_case[near[0]] if near else ", ".join(rules.items)
        report.add("item_unknown", place, found=quoted(text), edition=rules.edition, nearest=nearest)
    return None


def _state(text: str, having: list[Row], book: ValidationContext, report: Report) -> str | None:
    """One text of the column iso3 → the code; only a code in lower case is taken with a warning."""
    if text in book.states:
        return text
    place, words = having[0].at("iso3"), {"rows": numbers(having), "found": quoted(text)}
    if not text:
        report.add("cell_empty", place, **words | {"found": quoted("iso3")})
    elif text.upper() in book.states and text.isascii():
        report.add("iso3_case", place, **words, expected=text.upper())
        return text.upper()
    elif (iso3 := book.iso2.get(text.upper())) is not None:
        report.add("iso3_alpha2", place, **words, state=book.state_name(iso3, report.language), expected=iso3)
    elif (iso3 := book.names.resolve(text)) is not None:
        report.add("iso3_name", place, **words, state=book.state_name(iso3, report.language), expected=iso3)
    else:
        report.add("iso3_unknown", place, **words)
    return None
