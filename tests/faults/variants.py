"""Workbooks of the kinds in workbook_cases.py in other forms: tables of submissions, and sheets of partners."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from faults.workbooks import HEADER, LEGAL, MADE_ON, kobo_table, linked, questionnaire

_HEADER = ("iso3", "edition", "legal/ls1/ls1_1", "legal/ls1/ls1_1_evidence", "legal/ls1/ls1_2", "technical/ts1/ts1_1",
           "_id", "_uuid", "_submission_time", "__version__")  # fmt: skip
_FINLAND = ("FIN", "2043", "yes", "https://www.finlex.fi/", "no", "", 7, "a-1", "2043-05-01T10:00:00", "2043-1")
_ESTONIA = ("EST", "2043", "yes", "", "no", "", 8, "a-2", "2043-05-02T10:00:00", "2043-1")
_SCORES = (
    ("Rank", "Country", "National Cyber Security Index", "Digital Development Level", "Difference"),
    (1, "Estonia", 90.5, 80.25, 10.25),
    (2, "Finland", 85.0, 81.0, 4.0),
)
HIDDEN = {"hidden": True}
Change = Callable[[Any, Any], object]


def submissions(change: Callable[[Any], object]) -> bytes:
    """A table of the submissions of Finland and Estonia, changed."""
    return kobo_table([_HEADER, _FINLAND, _ESTONIA], change)


def scores(change: Change) -> bytes:
    """A sheet of a partner, changed: the function is given the workbook and the sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": MADE_ON})
    sheet = book.add_worksheet("Index")
    for number, record in enumerate(_SCORES):
        sheet.write_row(number, 0, record)
    change(book, sheet)
    book.close()
    return content.getvalue()


VARIANTS: dict[str, Callable[[], bytes]] = {
    "accepted__workbook_box_with_a_text": lambda: questionnaire(
        change=lambda _, sheet: sheet.insert_textbox("E4", "see our strategy of 2024")
    ),
    "accepted__workbook_chart": lambda: questionnaire(change=_chart),
    "accepted__workbook_link_with_a_point_behind": lambda: linked("https://ria.ee/law.", "https://ria.ee/law"),
    "accepted__workbook_link_by_formula_alone": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("D3", '=HYPERLINK("https://ria.ee/x")', None, "https://ria.ee/x")
    ),
    "refused__workbook_link_to_less_than_is_shown": lambda: linked("https://ria.ee/en/law", "https://ria.ee"),
    "accepted__kobo_table_filtered": lambda: submissions(
        lambda sheet: (sheet.set_row(2, None, None, HIDDEN), sheet.set_column(4, 4, None, None, HIDDEN))
    ),
    "accepted__kobo_table_links": lambda: submissions(
        lambda sheet: (
            sheet.write_url("D2", "https://www.finlex.fi/en/laki", None, "Penal Code"),
            sheet.write_formula("D3", '=HYPERLINK("https://ria.ee/x","law")', None, "law"),
            sheet.write_url("C3", "https://ria.ee/y", None, "yes"),
        )
    ),
    "accepted__kobo_table_link_of_two_addresses": lambda: submissions(
        lambda sheet: sheet.write_url("D2", "https://www.finlex.fi/a", None, "https://www.finlex.fi/b")
    ),
    "accepted__kobo_table_box_with_a_text": lambda: submissions(lambda sheet: sheet.insert_textbox("E9", "draft")),
    "refused__partner_workbook_in_thousands": lambda: scores(
        lambda book, sheet: sheet.write_number("C2", 90.5, book.add_format({"num_format": '#,##0.0,"k"'}))
    ),
    "refused__partner_workbook_hidden_column": lambda: scores(
        lambda _, sheet: sheet.set_column(3, 3, None, None, HIDDEN)
    ),
    "refused__workbook_struck_out": lambda: questionnaire(
        change=lambda book, sheet: (
            sheet.write_string("C3", "Yes", book.add_format({"font_strikeout": True})),
            sheet.write_url("D3", "https://ria.ee", book.add_format({"font_strikeout": True}), "law"),
            sheet.write_rich_string("E4", "we have ", book.add_format({"font_strikeout": True}), "no ", "law"),
        )
    ),
    "refused__workbook_shows_otherwise": lambda: questionnaire(
        change=lambda book, sheet: sheet.write_string("C3", "Yes", book.add_format({"num_format": '0;0;0;"No"'}))
    ),
    "refused__workbook_codes_deleted": lambda: questionnaire(None, {"1 Legal": [row[1:] for row in LEGAL]}, HEADER[1:]),
    "refused__partner_workbook_struck_out": lambda: scores(
        lambda book, sheet: sheet.write_number("C2", 90.5, book.add_format({"font_strikeout": True}))
    ),
    "refused__partner_workbook_shows_otherwise": lambda: scores(
        lambda book, sheet: (
            sheet.write_number("C2", 0, book.add_format({"num_format": '0.0;-0.0;"n/a"'})),
            sheet.write_number("D2", 0, book.add_format({"num_format": '0.0;-0.0;"-"'})),
            sheet.write_number("E2", 10.25, book.add_format({"num_format": ";;;"})),
        )
    ),
    "accepted__partner_workbook_notes": lambda: scores(
        lambda _, sheet: (sheet.write_comment("C2", "estimated"), sheet.insert_textbox("G2", "provisional"))
    ),
}
"""By the name of the case: what makes its bytes."""


def _chart(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Legal!$A$1:$A$3"})
    sheet.insert_chart("G2", chart)
