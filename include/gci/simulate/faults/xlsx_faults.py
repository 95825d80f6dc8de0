"""Faults of workbooks: what programs, spreadsheets and hands do to a questionnaire."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from gci.readers.addresses import column_letters
from gci.reference.labels import answer_labels
from gci.simulate.confusable_states import of_the_double
from gci.simulate.faults.fault_injection import Fault
from gci.simulate.formats.xlsx_file import write
from gci.simulate.returns import Return
from gci.survey.form.pillar_sheet import COLUMNS

Parts = dict[str, bytes]
_MADE = (2026, 1, 1, 0, 0, 0)
_TEXTS = "xl/sharedStrings.xml"


def _parts(change: Callable[[Parts, Return], object]) -> Callable[[Return], bytes]:
    """The workbook after `change` was done to the parts of its archive."""

    def changed(filled: Return) -> bytes:
        with zipfile.ZipFile(io.BytesIO(write(filled))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts, filled)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(zipfile.ZipInfo(name, _MADE), part, zipfile.ZIP_DEFLATED)
        return content.getvalue()

    return changed


def _text(old: str, new: str) -> Callable[[Return], bytes]:
    """The workbook with another text in one of its cells; {iso3} and {version} stand for the return's own."""

    def change(parts: Parts, filled: Return) -> None:
        cell = f">{old.format(iso3=filled.iso3, version=filled.form_version)}<".encode()
        assert cell in parts[_TEXTS], cell  # a fault that is not planted must not pass for one
        parts[_TEXTS] = parts[_TEXTS].replace(cell, f">{new}<".encode())

    return _parts(change)


def _pillar_sheet(parts: Parts) -> str:
    """The sheet of the first pillar, the second of the workbook; it holds the first answers."""
    return sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))[1]


def _formula(parts: Parts, filled: Return) -> None:
    """The first answer is a formula."""
    item, answer = _first(filled)
    texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", parts[_TEXTS], re.DOTALL)
    code, label = texts.index(item.encode()), texts.index(answer_labels(filled.language)[answer].encode())
    row = rb'<c r="A\d+"[^>]*><v>%d</v>(?:(?!</row>).)*?<c r="[A-Z]+\d+"[^>]*?' % code
    name = _pillar_sheet(parts)
    parts[name] = re.sub(rb'(%s) t="s"><v>%d</v>' % (row, label), rb"\1><f>1+1</f><v>2</v>", parts[name], count=1)


def _first(filled: Return) -> tuple[str, str]:
    """The first question that is answered, and the answer."""
    return next((one.item, one.answer) for one in filled.answers if one.answer)


def _merged(parts: Parts, _: Return) -> None:
    """The answers of the first two questions are one merged cell; as spreadsheets do, the lower one is emptied."""
    name = _pillar_sheet(parts)
    first, second = (int(row) for row in re.findall(rb'<c r="A(\d+)"', parts[name])[1:3])
    answer = column_letters([*COLUMNS].index("answer") + 1)
    lower = b'<c r="%s%d"' % (answer.encode(), second)
    emptied = re.sub(lower + rb'( s="\d+") t="s"><v>\d+</v></c>', lower + rb"\1/>", parts[name])
    merge = f'<mergeCells count="1"><mergeCell ref="{answer}{first}:{answer}{second}"/></mergeCells>'.encode()
    parts[name] = re.sub(rb"(<sheetProtection [^>]*/>)", rb"\1" + merge, emptied, count=1)


def _entities(parts: Parts, _: Return) -> None:
    """A sheet defines entities that grow as they are read."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    name = _pillar_sheet(parts)
    parts[name] = parts[name].replace(b"?>", b"?>" + bomb, 1)


def _label(parts: Parts, filled: Return) -> None:
    """An answer of the list is written in another way wherever it was chosen."""
    label = answer_labels(filled.language)[_first(filled)[1]]
    parts[_TEXTS] = parts[_TEXTS].replace(f">{label}<".encode(), b">mostly<")


def _million_rows(parts: Parts, _: Return) -> None:
    """A sheet goes on for a million empty rows that somebody formatted."""
    name = _pillar_sheet(parts)
    rows = b"".join(b'<row r="%d"><c r="E%d"/></row>' % (number, number) for number in range(500, 1_000_500))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")


def _bomb(parts: Parts, _: Return) -> None:
    parts["xl/media/image1.png"] = bytes(250_000_000)


REFUSED = (
    Fault("broken_zip", "xlsx", "refused", "not_a_workbook", lambda one: write(one)[:-2_000]),
    Fault("password", "xlsx", "refused", "workbook_locked", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    Fault("million_empty_rows", "xlsx", "refused", "workbook_too_big", _parts(_million_rows)),
    Fault("zip_bomb", "xlsx", "refused", "workbook_too_big", _parts(_bomb)),
    Fault("entity_bomb", "xlsx", "refused", "workbook_with_entities", _parts(_entities)),
    Fault(
        "macros",
        "xlsx",
        "refused",
        "workbook_with_macros",
        _parts(lambda parts, _: parts.__setitem__("xl/vbaProject.bin", b"\0")),
    ),
    Fault("formula_for_an_answer", "xlsx", "refused", "formula_cell", _parts(_formula)),
    Fault("merged_answers", "xlsx", "refused", "merged_cells", _parts(_merged)),
    Fault("wrong_schema", "xlsx", "refused", "schema_unknown", _text("gci-questionnaire/1", "gci-questionnaire/9")),
    Fault("wrong_form_version", "xlsx", "refused", "form_version_unknown", _text("{version}", "2019-7")),
    Fault("wrong_edition", "xlsx", "refused", "edition_not_of_folder", _text("2026", "2024")),
    Fault("another_states_return", "xlsx", "refused", "state_not_of_name", lambda one: write(of_the_double(one))),
    Fault("wrong_state", "xlsx", "refused", "iso3_unknown", _text("{iso3}", "XKX")),
    Fault("answer_outside_the_list", "xlsx", "refused", "answer_not_in_list", _parts(_label)),
)
