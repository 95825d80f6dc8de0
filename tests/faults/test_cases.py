"""Every file in cases/ gets the verdict of its name and the problems of its .yml, at their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from markupsafe import escape

from faults.case_files import FOLDER, Case, cases, places
from faults.rules import rules
from faults.workbook_cases import MADE
from gci.collect.check_file import check_file
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.diagnostics.problems import catalogue
from gci.reread.again import differences
from gci.storage import landing
from gci.storage.chain import landed
from gci.texts import translator
from html_page import Page

RECEIVED = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
CASES = cases()
GOOD = (FOLDER / "accepted__good.csv").read_bytes() + b"2024,EST,ts1,0.25,,sent beside a case\n"

every_case = pytest.mark.parametrize("case", CASES, ids=[case.path.stem for case in CASES])


@dataclass(frozen=True)
class Seen:
    """What is said of a case, and what became of it when it was collected with a good file beside it.

    Attributes:
        checked: the receipt of the file and, if it is an export, those of its submissions, without collecting it.
        collected: the same as collection gives them, and that of the neighbour last.
        folders: the data folder after it.
        path: where it lay.
        content: what it held.
        neighbour: where the good file lay.
    """

    checked: list[Receipt]
    collected: list[Receipt]
    folders: DataFolders
    path: Path
    content: bytes
    neighbour: Path


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Seen]:
    """Checks and collects a case, each once, for the tests that look at it."""

    @cache
    def of(number: int) -> Seen:
        case, folders = CASES[number], DataFolders(tmp_path_factory.mktemp("case"))
        path = case.arrive(folders.inbox)
        checked = check_file(path, case.kind, received_at=RECEIVED, book=rules()).receipts
        content = path.read_bytes()
        neighbour = path.with_name("a good neighbour.csv")
        neighbour.write_bytes(GOOD)
        collected = collect_files(case.kind, [path, neighbour], RECEIVED, folders, rules())
        return Seen(checked, collected, folders, path, content, neighbour)

    return lambda case: of(CASES.index(case))


Looking = Callable[[Case], Seen]


@every_case
def test_verdict_and_problems(case: Case, look: Looking) -> None:
    receipt, *_ = look(case).checked
    assert receipt.verdict == case.verdict
    assert [(problem.code, problem.row, problem.column) for problem in receipt.problems] == case.problems


@every_case
def test_submissions_of_an_export(case: Case, look: Looking) -> None:
    _, *submissions = look(case).checked
    said = [
        {name: getattr(receipt, name) for name in ("verdict", "iso3", "form_version", "answered")}
        | {"problems": [(problem.code, problem.row, problem.column) for problem in receipt.problems]}
        for receipt in submissions
    ]
    assert said == [one | {"problems": places(one["problems"])} for one in case.submissions]


@every_case
def test_every_problem_says_what_to_do(case: Case, look: Looking) -> None:
    receipt, *_ = look(case).checked
    for problem in receipt.problems:
        kind = catalogue()[problem.code]
        do = translator(receipt.language).pgettext(problem.code, kind.do)
        assert problem.severity == kind.severity
        assert do.partition("{")[0] in problem.message
        assert not {"{", "}", "None"} & set(problem.message.replace(".", " ").split())


@every_case
def test_collection_says_the_same_and_loses_nothing(case: Case, look: Looking) -> None:
    found = look(case)
    said, receipts, folders = found.checked[0], found.collected, found.folders
    assert receipts[0].problems == said.problems
    assert receipts[0].verdict == said.verdict
    submissions = receipts[1:-1]
    assert [receipt.verdict for receipt in submissions] == [one["verdict"] for one in case.submissions]
    assert not found.path.exists()
    assert not found.neighbour.exists()
    if case.verdict == "accepted":
        suffix = found.path.suffix.lower()
        assert (folders.landing / "files" / f"{said.digest}{suffix}").read_bytes() == found.content
        digests = [receipt.digest for receipt in submissions or [said] if receipt.verdict == "accepted"]
        assert all((folders.landing / case.kind / f"{digest}.parquet").exists() for digest in digests)
        assert said.digest in {receipt.digest for receipt in landing.receipts(folders)}
    else:
        assert not (folders.landing / case.kind / f"{said.digest}.parquet").exists()
        assert said.digest in {receipt.digest for receipt in refusals(folders)}
        kept = [file.read_bytes() for file in folders.quarantine.glob(f"*/*/*.{said.digest[:8]}/*")]
        assert found.content in kept
    if case.lies_in == "survey/2024":
        assert receipts[-1].verdict == "accepted"
        assert (folders.landing / "survey" / f"{receipts[-1].digest}.parquet").exists()
    assert differences(landed(folders), folders.landing, rules()) == []


@every_case
def test_report_tells_the_sender(case: Case, look: Looking) -> None:
    folders = look(case).folders
    for receipt in look(case).collected[:-1]:
        refused = folders.quarantine.glob(f"*/*/*.{receipt.digest[:8]}/report.html")
        taken = folders.landing.glob(f"reports/{receipt.digest}.html")
        reports = [*(refused if receipt.verdict == "refused" else taken)]
        # Of what is taken whole and without a remark there is nothing to tell; partners have asked nothing.
        has_gaps = bool(receipt.problems) or receipt.answered < receipt.items
        is_told = receipt.verdict == "refused" or (case.kind == "survey" and not receipt.parts and has_gaps)
        assert len(reports) == is_told, receipt
        for report in reports:
            page = report.read_text("utf-8").translate(dict.fromkeys(range(0x2066, 0x206A)))  # isolates of directions
            assert all(escape(problem.message) in page for problem in receipt.problems)
            assert Page(page).loads() == []


def test_every_code_of_the_catalogue_has_a_case() -> None:
    reached = {code for case in CASES for code, _, _ in case.problems}
    reached |= {problem["code"] for case in CASES for one in case.submissions for problem in one["problems"]}
    # The first is about two files: test_twice.py; the second about readers that end: test_apart.py; the others about
    # what has landed before: unit/collect/test_decisions.py.
    elsewhere = {"already_landed", "file_not_safe", "decision_known", "decision_answered_already"}
    assert reached == set(catalogue()) - elsewhere


def test_every_case_has_both_files() -> None:
    stems = {True: set(), False: set(MADE)}
    for path in FOLDER.iterdir():
        if not path.name.startswith("."):
            stems[path.suffix == ".yml"].add(path.stem)
    assert stems[True] == stems[False]
