"""Forms that other programs give to the parts of a workbook: read as a spreadsheet program reads them, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faults.rules import rules
from faults.workbooks import SHEET, changed, linked, questionnaire, renamed, with_part
from gci.collect.check_file import check_file

RELATIONS = "xl/_rels/workbook.xml.rels"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BESIDE = '<row r="9"><c r="C9"><v>1</v></c></row>'


def with_cell(cell: str) -> bytes:
    """The questionnaire with another answer to ls1.1."""
    return changed(SHEET, lambda text: re.sub(r'<c r="C3"[^>]*>.*?</c>', cell, text))


def after_the_rows(more: str) -> bytes:
    return changed(SHEET, lambda text: text.replace("</sheetData>", f"</sheetData>{more}"))


def related(kind: str) -> bytes:
    """The questionnaire, which says that it has a part of this kind, whatever the part is called."""
    one = f'<Relationship Id="rIdX" Type="http://example.org/relationships/{kind}" Target="a.dat"/></Relationships>'
    return changed(RELATIONS, lambda text: text.replace("</Relationships>", one))


FORMS: dict[str, tuple[bytes, list[str]]] = {
    "a byte order mark": (changed(SHEET, lambda text: "\ufeff" + text), []),
    "a comment inside a value": (changed(SHEET, lambda text: text.replace("<v>", "<v><!-- a -->", 1)), []),
    "attributes in another order": (
        with_cell("<c t='str' x='1'  r = 'C3' ><f>1</f><v>Yes</v></c>"),
        ["formula_cell"],
    ),
    "a formula that another cell has": (
        with_cell('<c r="C3" t="str"><f t="shared" si="0"/><v>Yes</v></c>'),
        ["formula_cell"],
    ),
    "a formula never calculated": (with_cell('<c r="C3"><f>A1</f></c>'), ["formula_cell"]),
    "an error without a text": (with_cell('<c r="C3" t="e"/>'), ["cell_error"]),
    "a text that is not there": (with_cell('<c r="C3" t="s"><v>9999</v></c>'), ["workbook_unusual"]),
    "a kind of cell that there is none of": (with_cell('<c r="C3" t="z"><v>Yes</v></c>'), ["workbook_unusual"]),
    "two values in a cell": (with_cell('<c r="C3" t="str"><v>No</v><v>Yes</v></c>'), ["workbook_unusual"]),
    "a text in itself and no word of it": (
        with_cell('<c r="C3"><is><t>No</t></is></c>'),
        ["workbook_unusual"],
    ),
    "a text in itself and the number of another": (
        with_cell('<c r="C3" t="s"><is><t>No</t></is></c>'),
        ["workbook_unusual"],
    ),
    "a text that should be in itself": (with_cell('<c r="C3" t="inlineStr"><v>No</v></c>'), ["workbook_unusual"]),
    "how a word is pronounced": (
        with_cell(
            '<c r="C3" t="inlineStr"><is><r><t>Y</t></r><r><t>es</t></r><rPh sb="0" eb="1"><t>No</t></rPh></is></c>'
        ),
        [],
    ),
    "a cell of another row": (with_cell('<c r="C4" t="str"><v>Yes</v></c>'), ["workbook_unusual"]),
    "a cell for some programs only": (
        with_cell('<a:Choice xmlns:a="a"><c r="C3" t="str"><v>Yes</v></c></a:Choice>'),
        ["workbook_unusual"],
    ),
    "a cell outside of rows": (after_the_rows('<c r="C3"><v>1</v></c>'), ["workbook_unusual"]),
    "a row outside of the table": (after_the_rows(BESIDE), ["workbook_unusual"]),
    "two tables in a sheet": (after_the_rows(f"<sheetData>{BESIDE}</sheetData>"), ["workbook_unusual"]),
    "another encoding": (
        with_part(SHEET, f'<?xml version="1.0" encoding="ISO-8859-1"?><worksheet {MAIN}/>'.encode()),
        ["workbook_with_entities"],
    ),
    "a document type": (
        changed(SHEET, lambda text: text.replace("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", 1)),
        ["workbook_with_entities"],
    ),
    "a sheet with nothing in it": (with_part(SHEET, b""), ["not_a_workbook"]),
    "a program under another name": (related("vbaProject"), ["workbook_with_macros"]),
    "another workbook under another name": (related("externalLink"), ["workbook_with_links"]),
    "a text document": (
        renamed(lambda name: name.replace("xl/workbook.xml", "word/document.xml")),
        ["workbook_of_another_form"],
    ),
    "an address that a cell gives": (
        questionnaire(change=lambda _, sheet: sheet.write_formula("D3", '=HYPERLINK(A1,"law")', None, "law")),
        ["formula_cell"],
    ),
    "an address behind the end of another": (linked("www.ria.ee/en", "https://www.ria.ee/en"), ["link_behind_text"]),
    "two addresses, a link to the first": (
        linked("https://ria.ee/a ; https://ria.ee/b", "https://ria.ee/a"),
        ["evidence_malformed"],
    ),
    "a picture behind a sign": (
        questionnaire(change=lambda _, sheet: sheet.write_formula("D3", '=+_xlfn.IMAGE("a")', None, "x")),
        ["picture_in_cell"],
    ),
    "the same address in other letters": (linked("https://õigus.ee/a", "https://xn--igus-zqa.ee/a"), []),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_said_of_a_form(name: str, tmp_path: Path) -> None:
    content, codes = FORMS[name]
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    receipt = check_file(file, "survey", book=rules()).receipt
    assert [problem.code for problem in receipt.problems] == codes
