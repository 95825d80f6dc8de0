"""The workbooks of tests/faults/cases, by the name of the case: each is made when its test asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from faults.variants import VARIANTS
from faults.workbooks import (
    LEGAL,
    SHEET,
    TECHNICAL,
    answered,
    changed,
    entity_bomb,
    far_away,
    kobo_table,
    linked,
    long_attribute,
    million_rows,
    of_open_document,
    picture,
    prefixed,
    questionnaire,
    renamed,
    replaced,
    strict,
    twice,
    with_part,
    without_addresses,
    workbook_part,
    zip_bomb,
)

ERROR = '<c t="e"><v>#N/A</v></c>'
FORMULA = '<c t="str"><f>IF(1,"Yes","No")</f><v>Yes</v></c>'
KOBO_HEADER = ("start", "iso3", "edition", "legal/ls1/ls1_1", "legal/ls1/ls1_1_evidence", "legal/ls1/ls1_2",
               "technical/ts1/ts1_1", "_id", "_uuid", "_submission_time", "__version__", "_index")  # fmt: skip
KOBO_ROW = ("2043-05-01", "FIN", "2043", "yes", "https://www.finlex.fi/", "no", "", 7, "a-1", "2043-05-01T10:00:00",
            "2043-1", 1)  # fmt: skip

MADE: dict[str, Callable[[], bytes]] = {
    "accepted__workbook": questionnaire,
    "accepted__workbook_addition": lambda: questionnaire({"addition": "true"}, {"Legal": LEGAL}),
    "accepted__workbook_in_arabic": lambda: questionnaire(
        {"language": "ar", "iso3": "EGY"},
        {"Legal": answered(3, answer="نعم", comment="القانون رقم 175 لسنة 2018")["Legal"][:2], "T": TECHNICAL},
    ),
    "accepted__workbook_of_codes": lambda: questionnaire({"language": "fr"}, answered(3, answer="partial")),
    "accepted__workbook_columns_moved": lambda: questionnaire(
        None,
        {"Legal": [("https://ria.ee", "Yes", "ls1.1", "")], "Technical": TECHNICAL[:0]},
        ("evidence_url", "answer", "item", "comment"),
    ),
    "accepted__workbook_control_characters": lambda: questionnaire(None, answered(3, comment="bell \x07 rung")),
    "accepted__workbook_formula_in_comment": lambda: questionnaire(None, answered(4, comment="=cmd|' /C calc'!A0")),
    "accepted__workbook_right_to_left": lambda: questionnaire(None, answered(4, comment="\u202egpj.exe\u202c هيئة")),
    "accepted__workbook_sheet_deleted": lambda: questionnaire(None, {"Legal": LEGAL}),
    "accepted__workbook_merged_within_a_row": lambda: questionnaire(
        change=lambda _, sheet: (sheet.merge_range("D4:E4", ""), sheet.merge_range("B1:B2", "Legal measures"))
    ),
    "accepted__workbook_item_twice_same": lambda: questionnaire(
        None, {"Legal": [*LEGAL, LEGAL[1]], "Technical": TECHNICAL}
    ),
    "accepted__kobo_table": lambda: kobo_table([KOBO_HEADER, KOBO_ROW]),
    "accepted__workbook_of_inline_strings": without_addresses,
    "accepted__workbook_strict": strict,
    "accepted__workbook_main_part_of_another_name": lambda: workbook_part("xl/workbook22.xml"),
    "accepted__workbook_backslashes": lambda: renamed(lambda name: name.replace("/", "\\")),
    "accepted__workbook_names_in_capitals": lambda: renamed(
        lambda name: name.replace("worksheets/sheet", "WorkSheets/Sheet")
    ),
    "accepted__workbook_last_row_of_another_height": lambda: changed(
        SHEET,
        lambda text: text.replace(
            "</sheetData>", '<row r="1048576" ht="40" customHeight="1"><c r="A1048576" s="0"/></row></sheetData>'
        ),
    ),
    "accepted__workbook_rows_hidden_one_by_one": lambda: changed(
        SHEET,
        lambda text: text.replace(
            "</sheetData>", "".join(f'<row r="{n}" hidden="1"/>' for n in range(6, 60_000)) + "</sheetData>"
        ),
    ),
    "accepted__workbook_row_put_in": lambda: questionnaire(
        None, {"Legal": [*LEGAL[:2], ("", "", "", "https://www.riigiteataja.ee/2", "more"), LEGAL[2]], "T": TECHNICAL}
    ),
    "accepted__workbook_text_beside": lambda: questionnaire(
        None,
        {
            "Legal": [(*record, *more) for record, more in zip(LEGAL, ((), ("see annex",), ()), strict=True)],
            "Technical": TECHNICAL,
        },
    ),
    "accepted__workbook_sheet_put_in": lambda: questionnaire(
        change=lambda book, _: book.add_worksheet("Annex").write("A1", "more about the law")
    ),
    "accepted__workbook_notes": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_comment("C4", "we are not sure", {"author": "us"})
    ),
    "accepted__workbook_picture_on_a_sheet": picture,
    "accepted__workbook_hidden_row": lambda: questionnaire(
        change=lambda _, sheet: sheet.set_row(3, None, None, {"hidden": True})
    ),
    "accepted__workbook_text_beside_the_title": lambda: questionnaire(
        change=lambda _, sheet: sheet.write("E2", "see https://www.ria.ee/en for all of it")
    ),
    "accepted__workbook_hidden_column": lambda: questionnaire(
        change=lambda _, sheet: sheet.set_column(4, 4, None, None, {"hidden": True})
    ),
    "accepted__workbook_hidden_sheet_put_in": lambda: questionnaire(
        change=lambda book, _: (book.add_worksheet("_more").write("A1", "a link"), book.worksheets()[-1].hide())
    ),
    "accepted__workbook_half_of_a_character": lambda: changed(
        "xl/sharedStrings.xml", lambda text: text.replace("under discussion", "under discussion _xD83D_")
    ),
    "refused__workbook_number_format_without_end": lambda: changed(
        "xl/styles.xml",
        lambda text: text.replace(
            "<fonts", f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{"[" * 200_000}"/></numFmts><fonts', 1
        ),
    ),
    "accepted__workbook_hidden_sheet": lambda: questionnaire(
        change=lambda book, _: book.get_worksheet_by_name("Technical").hide()
    ),
    "accepted__workbook_link_behind_text": lambda: linked("Penal Code", "https://www.riigiteataja.ee/en/eli/1#art5"),
    "accepted__workbook_link_of_the_same_address": lambda: linked(
        "https://www.riigiteataja.ee/en", "https://www.RiigiTeataja.ee/en/"
    ),
    "accepted__workbook_link_by_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula(
            "D3", '=HYPERLINK("https://www.riigiteataja.ee/en/","Penal Code")', None, "Penal Code"
        )
    ),
    "accepted__workbook_link_to_a_file": lambda: linked("our law", "file:///c:/laws/law.pdf"),
    "accepted__workbook_link_in_a_comment": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_url("E4", "https://ria.ee/en", None, "under discussion")
    ),
    "accepted__kobo_table_with_a_formula": lambda: kobo_table(
        [
            KOBO_HEADER,
            KOBO_ROW,
            (
                "2043-05-02",
                "EST",
                "2043",
                "yes",
                "=- see annex",
                "no",
                "",
                8,
                "a-2",
                "2043-05-02T10:00:00",
                "2043-1",
                2,
            ),
        ]
    ),
    "accepted__kobo_table_with_a_note": lambda: kobo_table(
        [KOBO_HEADER, KOBO_ROW], lambda sheet: sheet.write_comment("D2", "to be checked", {"author": "us"})
    ),
    "refused__kobo_table_version_as_a_day": lambda: kobo_table(
        [KOBO_HEADER, (*KOBO_ROW[:10], datetime(2043, 1, 1), 1)]  # noqa: DTZ001 - nor do cells
    ),
    "refused__kobo_table_beside_another": lambda: kobo_table([KOBO_HEADER, KOBO_ROW], others=("repeats",)),
    "refused__workbook_no_addresses_formula": lambda: without_addresses({"C3": FORMULA}),
    "refused__workbook_no_addresses_errors": lambda: without_addresses({"C3": ERROR, "D3": ERROR, "E4": ERROR}),
    "refused__workbook_prefixed_formula": prefixed,
    "refused__workbook_no_addresses_far_away": far_away,
    "refused__workbook_long_attribute": long_attribute,
    "refused__workbook_part_twice": lambda: twice(SHEET),
    "refused__workbook_cell_twice": lambda: changed(
        SHEET, lambda text: text.replace("</row></sheetData>", '<c r="C3"><v>1</v></c></row></sheetData>')
    ),
    "refused__workbook_open_document": of_open_document,
    "refused__workbook_binary": lambda: workbook_part("xl/workbook.bin"),
    "refused__workbook_picture_in_a_cell": lambda: changed(
        SHEET, lambda text: re.sub(r'<c r="D3"[^>]*>.*?</c>', '<c r="D3" t="e" vm="1"><v>#VALUE!</v></c>', text)
    ),
    "refused__workbook_picture_by_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("D3", '=_xlfn.DISPIMG("ID_1",1)', None, "=DISPIMG()")
    ),
    "refused__workbook_link_of_two_addresses": lambda: linked("https://ria.ee", "https://ria.ee/en/law"),
    "refused__workbook_text_of_an_error": lambda: questionnaire(None, answered(4, comment="#ИМЯ?")),
    "refused__workbook_answer_not_in_list": lambda: questionnaire(None, answered(3, answer="perhaps")),
    "refused__workbook_answer_in_a_heading": lambda: questionnaire(None, answered(2, answer="Yes")),
    "refused__workbook_comment_too_long": lambda: replaced("xl/sharedStrings.xml", b"under discussion", b"x" * 100_000),
    "refused__workbook_cut_off": lambda: questionnaire()[:-700],
    "refused__workbook_entity_bomb": entity_bomb,
    "refused__workbook_external_link": lambda: with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "refused__workbook_form_sheet_changed": lambda: questionnaire({"form_version": None}),
    "refused__workbook_form_version_unknown": lambda: questionnaire({"form_version": "2043-9"}),
    "refused__workbook_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("C3", '=IF(1,"Yes","No")', None, "Yes")
    ),
    "refused__workbook_formula_error": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
    ),
    "refused__workbook_item_twice": lambda: questionnaire(
        None, {"Legal": LEGAL, "Technical": [("ls1.1", "", "No", "", "")]}
    ),
    "refused__workbook_item_unknown": lambda: questionnaire(None, answered(4, item="ls7.7")),
    "refused__workbook_locked": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "refused__workbook_macros": lambda: with_part("xl/vbaProject.bin", b"\0"),
    "refused__workbook_merged_answers": lambda: questionnaire(
        change=lambda _, sheet: sheet.merge_range("C3:C4", "Yes")
    ),
    "refused__workbook_merged_evidence": lambda: questionnaire(
        change=lambda _, sheet: sheet.merge_range("D2:E3", "https://www.riigiteataja.ee/en/")
    ),
    "refused__workbook_million_rows": million_rows,
    "refused__workbook_of_another_edition": lambda: questionnaire({"edition": "2042q"}),
    "refused__workbook_of_another_state": lambda: questionnaire({"iso3": "FIN"}),
    "refused__workbook_schema": lambda: questionnaire({"schema": "gci-questionnaire/9"}),
    "refused__workbook_sheet_without_codes": lambda: questionnaire(
        None,
        {"Legal": LEGAL, "Technical": TECHNICAL},
        change=lambda book, _: book.get_worksheet_by_name("Technical").write("A1", "code"),
    ),
    "refused__workbook_utf16": lambda: with_part("xl/sharedStrings.xml", "<sst/>".encode("utf-16")),
    "refused__workbook_without_form": lambda: kobo_table([("item", "answer"), ("ls1.1", "yes")]),
    "refused__workbook_zip_bomb": zip_bomb,
}
MADE |= VARIANTS
"""By the name of the case: what makes its bytes."""
