"""The questionnaire that goes along with a letter: only the questions asked about, with what the state has sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gci.casework.cases import to_ask
from gci.casework.reading import rows_of
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.seeds import answer_values
from gci.reference.seeds import edition as known
from gci.survey.form.filling import Filling
from gci.survey.form.form import form, only
from gci.survey.form.previous import Given
from gci.survey.form.workbook import workbook

_OF_A_WHOLE_RETURN = ("refused_file", "answer_in_two_ways", "no_return")


def items_asked(edition: str, cases: Iterable[Mapping[str, Any]]) -> set[str]:
    """The questions that cases are about, where these alone can be sent again.

    None where the edition has no questionnaire, and none where one of the cases is about a return as a whole: a file
    that was refused, or no return at all.
    """
    found = list(cases)
    if known(edition).item_level != "question" or any(case["kind"] in _OF_A_WHOLE_RETURN for case in found):
        return set()
    return {item for case in found for item in (case["items"] or "").split()}


def questionnaire(edition: str, iso3: str, language: str, folders: DataFolders) -> bytes:
    """The questionnaire with only the questions that a state is asked about; what it had answered is filled in.

    Args:
        edition: the edition.
        iso3: the state.
        language: en, fr, es, ar, zh or ru.
        folders: where survey.duckdb lies; refreshed before.

    Returns:
        The bytes of an XLSX file that is read as an addition to the state's return.

    Raises:
        WrongUsage: nothing is asked of the state that it could answer in this way.
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    asked = items_asked(edition, to_ask(edition, iso3, folders))
    if not asked:
        raise WrongUsage(
            f"{iso3} is asked about no single questions of edition {edition}: `gci cases --edition {edition} --state "
            f"{iso3}` lists what is open. The whole questionnaire is written without --asked."
        )
    codes = {value: code for code, value in answer_values(edition).items()}
    given = {
        row["item"]: Given(codes[row["answer"]], row["evidence_url"], row["comment"])
        for row in rows_of("case_items", edition, "case_id, item", folders)
        if row["iso3"] == iso3 and row["answer"] in codes
    }
    filled = {item: answer for item, answer in given.items() if item in asked}
    return workbook(only(form(edition), asked), iso3, language, Filling(filled, addition=True))
