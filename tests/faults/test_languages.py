"""What a sender is told in one language has no English in it: every case, told in all six, with the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from faults.case_files import cases
from faults.rules import rules
from faults.test_cases import RECEIVED
from gci.collect.check import check_arrival
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.diagnostics.problems import Report, catalogue
from gci.diagnostics.report import as_html, place_in_words
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import member_states
from gci.storage.arrival import arrive

# Products, formats, and what has to be written just so: names of columns, codes, answers, folders, commands.
ALLOWED = frozenset(
    re.findall(
        r"\S+",
        """
        Excel OpenDocument Numbers KoboToolbox ODK Central PowerShell ConvertTo-Json Depth pandas Lines bytes decide
        help http https FALSE False index true yes partial no accepted changed state desk survey reviews decisions
        partners edition item answer answers comment iso form version gci gci-return gci-questionnaire numFmt extension
        withdrawal membership override revocation joins leaves low high print transcription legal technical
        organizational cooperation overall ncsi egdi csv xlsx xls xlsb ods json zip gzip en fr es ar zh ru
        """,
    )
)
# Sheets of the files of the cases.
OF_THE_CASES = frozenset({"Legal", "Technical", "Annex", "Data", "more", "repeats", "today"})
ENGLISH = frozenset(
    re.findall(r"\S+", "the and of is are was that with which not for there this it row rows by from has")
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|`[^`]*`")
_TOKEN = re.compile(r"[A-Za-z0-9_][\w./'-]*", re.ASCII)
_A_WORD = re.compile(r"[A-Za-z]*[a-z][A-Za-z-]*")


@cache
def _names() -> frozenset[str]:
    """Words of the names of states: a message noted in English keeps the name that it was noted with."""
    return frozenset(word for one in member_states().values() for word in re.findall(r"[A-Z][\w-]+", one.names["en"]))


def english(text: str, language: str) -> set[str]:
    """The words of a text that are English and no names; in languages of Latin letters only the commonest are known."""
    found = {token.strip(".'-/") for token in _TOKEN.findall(_QUOTED.sub("", text))}
    words = {token for token in found if _A_WORD.fullmatch(token)} - ALLOWED - OF_THE_CASES - _names()
    return words & ENGLISH if language in ("fr", "es") else {word for word in words if len(word) > 1}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[Report], list[Receipt]]]:
    """Every case checked once, with the reports that were filled by it: these can be told in another language."""
    return list(_checked(tmp_path_factory.mktemp("cases")))


def _checked(folder: Path) -> Iterator[tuple[str, list[Report], list[Receipt]]]:
    with pytest.MonkeyPatch.context() as patch:
        made: list[Report] = []
        begin = Report.__init__

        def noted(self: Report, *arguments: Any, **named: Any) -> None:
            begin(self, *arguments, **named)
            made.append(self)

        patch.setattr(Report, "__init__", noted)
        for number, case in enumerate(case for case in cases() if case.kind != "partners"):
            made.clear()
            path = case.arrive(DataFolders(folder / str(number)).inbox)
            receipts = check_arrival(arrive(path, case.kind, RECEIVED), rules()).receipts
            yield case.path.name, [*made], receipts
            path.unlink()


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_message_has_english_in_it(checked: list[tuple[str, list[Report], list[Receipt]]], language: str) -> None:
    met = {}
    for name, reports, _ in checked:
        for report in reports:
            report.language = language
            for one in report.problems:
                if catalogue()[one.code].reader == "sender":
                    said = f"{one.message} {place_in_words(replace(one, sheet=None, column='X'), language)}"
                    met |= {(one.code, word): (name, said) for word in english(said, language)}
    assert met == {}, sorted(met)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_page_has_english_in_it(checked: list[tuple[str, list[Report], list[Receipt]]], language: str) -> None:
    for name, _, receipts in checked:
        for receipt in receipts:
            page = html.fromstring(as_html(replace(receipt, language=language, file="f.csv", problems=())))
            for element in page.xpath("//style | //bdi"):
                element.drop_tree()
            assert english("\n".join(page.itertext()), language) == set(), name


def test_english_in_a_message_is_found() -> None:
    assert english("按 semicolons 分隔", "zh") == {"semicolons"}
    assert english("séparées par the comma", "fr") == {"the"}
    assert english("请写 EST、“the text”、evidence_url、inbox/survey/2024", "zh") == set()
