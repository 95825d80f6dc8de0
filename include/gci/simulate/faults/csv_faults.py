"""Faults of CSV returns. Those of design and of real GCI tables come first."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from gci.reference import seeds
from gci.simulate.confusable_states import of_the_double
from gci.simulate.faults.fault_injection import (
    Fault,
    answered_as,
    in_capitals,
    item_twice,
    item_unknown,
    partial_not_allowed,
    remarked,
)
from gci.simulate.formats.csv_file import table, text_of, write
from gci.simulate.returns import Return
from gci.simulate.seeded_random import seeded_random

Rows = list[list[str]]


def _rows(change: Callable[[Rows], object]) -> Callable[[Return], bytes]:
    """The file after `change` was done to its rows, the first being the header."""

    def changed(filled: Return) -> bytes:
        rows = table(filled)
        change(rows)
        return text_of(rows).encode()

    return changed


def _of(change: Callable[[Return], Return]) -> Callable[[Return], bytes]:
    return lambda filled: write(change(filled))


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Return], bytes]:
    return lambda filled: change(write(filled))


def _column(name: str, text: Callable[[Return], str]) -> Callable[[Return], bytes]:
    """Another text in all cells of a column."""

    def changed(filled: Return) -> bytes:
        rows = table(filled)
        place = rows[0].index(name)
        for row in rows[1:]:
            row[place] = text(filled)
        return text_of(rows).encode()

    return changed


def _name_of(filled: Return) -> str:
    return seeds.member_states()[filled.iso3].names["en"]


def _other_name_of(filled: Return) -> str:
    """Another spelling than the name that the member states go by, such as a former one or the World Bank's."""
    spellings = sorted(name for name, iso3 in seeds.aliases().items() if iso3 == filled.iso3)
    return spellings[0] if spellings else f"Republic of {_name_of(filled)}"


def _under_two_names(filled: Return) -> bytes:
    """The state goes by one name in half of the rows and by another in the rest, as if it were two."""
    rows = table(filled)
    place = rows[0].index("iso3")
    for number, row in enumerate(rows[1:]):
        row[place] = _name_of(filled) if number % 2 else _other_name_of(filled)
    return text_of(rows).encode()


def _another_state(filled: Return) -> bytes:
    """The last row is about another state."""
    rows = table(filled)
    others = sorted(seeds.members(filled.edition) - {filled.iso3})
    rows[-1][rows[0].index("iso3")] = seeded_random("another state", filled.iso3).choice(others)
    return text_of(rows).encode()


def _without_column(rows: Rows) -> None:
    place = rows[0].index("comment")
    for row in rows:
        del row[place]


def _cut_off(content: bytes) -> bytes:
    """As a transfer that broke leaves it: in the middle of a row, with as many cells missing."""
    return content[: content.rindex(b",", 0, content.rindex(b",") - 10)]


REFUSED = (
    Fault("header_typo", "csv", "refused", "unknown_column", _rows(lambda rows: rows[0].__setitem__(3, "anwser"))),
    Fault("preamble", "csv", "refused", "header_not_first", _bytes(lambda content: b"GCI 2026\n\n\n\n" + content)),
    Fault("header_repeated", "csv", "refused", "edition_unknown", _rows(lambda rows: rows.insert(40, rows[0]))),
    Fault("state_by_name", "csv", "refused", "iso3_name", _column("iso3", _name_of)),
    Fault("state_by_marked_name", "csv", "refused", "iso3_name", _column("iso3", lambda one: f"{_name_of(one)}**")),
    Fault("state_by_another_name", "csv", "refused", None, _column("iso3", _other_name_of)),
    Fault("state_under_two_names", "csv", "refused", "iso3_name", _under_two_names),
    Fault("another_states_return", "csv", "refused", "state_not_of_name", _of(of_the_double)),
    Fault(
        "state_by_alpha2",
        "csv",
        "refused",
        "iso3_alpha2",
        _column("iso3", lambda one: seeds.member_states()[one.iso3].iso2),
    ),
    Fault("two_states", "csv", "refused", "two_states", _another_state),
    Fault("no_member", "csv", "refused", "iso3_unknown", _column("iso3", lambda _: "XKX")),
    Fault("wrong_edition", "csv", "refused", "edition_not_of_folder", _column("edition", lambda _: "2024")),
    Fault("column_dropped", "csv", "refused", "missing_column", _rows(_without_column)),
    Fault("number_for_a_choice", "csv", "refused", "answer_not_in_list", _of(answered_as("0.5"))),
    Fault("answer_outside_the_list", "csv", "refused", "answer_not_in_list", _of(answered_as("mostly"))),
    Fault("zero_for_no_data", "csv", "refused", "answer_not_in_list", _of(answered_as("0"))),
    Fault("answer_unclear", "csv", "refused", "answer_unclear", _of(answered_as("n/a"))),
    Fault("partial_not_allowed", "csv", "refused", "partial_not_allowed", _of(partial_not_allowed)),
    Fault("item_unknown", "csv", "refused", "item_unknown", _of(item_unknown)),
    Fault("item_twice", "csv", "refused", "item_twice", _of(item_twice)),
    Fault("comment_of_100000", "csv", "refused", "row_too_long", _of(remarked("x" * 100_000))),
    Fault("long_row", "csv", "refused", "long_row", _rows(lambda rows: rows[9].extend(["", "beyond"]))),
    Fault("cut_off", "csv", "refused", "cut_off", _bytes(_cut_off)),
    Fault(
        "windows_1252",
        "csv",
        "refused",
        "encoding_unknown",
        lambda one: _of(remarked("législation"))(one).decode().encode("cp1252", "replace"),
    ),
    Fault("nul_byte", "csv", "refused", "nul_byte", _bytes(lambda content: content[:300] + b"\0" + content[300:])),
    Fault("workbook_named_csv", "csv", "refused", "not_a_csv", lambda _: b"PK\x03\x04" + bytes(60)),
    Fault("empty_file", "csv", "refused", "empty_file", lambda _: b""),
    Fault("header_only", "csv", "refused", "no_rows", _rows(lambda rows: rows.__delitem__(slice(1, None)))),
)

# Unusual, and right all the same: what can be read in one way only is taken.
TAKEN = (
    Fault("byte_order_mark", "csv", "accepted", None, _bytes(lambda content: codecs.BOM_UTF8 + content)),
    Fault("no_final_newline", "csv", "accepted", None, _bytes(lambda content: content.rstrip(b"\n"))),
    Fault("trailing_comma", "csv", "accepted", None, _bytes(lambda content: content.replace(b"\n", b",\n"))),
    Fault("windows_line_ends", "csv", "accepted", None, _bytes(lambda content: content.replace(b"\n", b"\r\n"))),
    Fault("answer_in_capitals", "csv", "accepted", "answer_case", _of(in_capitals)),
    Fault("control_characters", "csv", "accepted", "control_characters", _of(remarked("law\x07 of\x1b 2023"))),
    Fault("csv_injection", "csv", "accepted", "formula", _of(remarked("=cmd|'/c calc'!A1"))),
    Fault("right_to_left", "csv", "accepted", None, _of(remarked("\u202eقانون الأمن السيبراني\u202c لعام 2023"))),
)
