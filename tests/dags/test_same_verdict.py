"""A task of the DAG says of a file what `gci check` says, whatever the format."""

from __future__ import annotations

import inspect
import json
import shutil
from pathlib import Path

import pytest

from faults.case_files import FOLDER
from gci.collect.check_file import check_file
from gci.core.paths import DataFolders
from gci.orchestration.tasks.collect import collect_batch, waiting_batches
from gci.survey.form.form import form
from gci.survey.form.previous import Given
from gci.survey.form.workbook import Filling, workbook

EDITION = "2026"


def submissions(name: str) -> str:
    """An export of edition 2043 as one of 2026, with the questions that both have."""
    text = (FOLDER / name).read_text("utf-8")
    return text.replace('"2043"', f'"{EDITION}"').replace("2043-1", "2026-1")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """An inbox with a return of each format, good and bad."""
    monkeypatch.setenv("GCI_DATA", str(tmp_path))
    folders = DataFolders(tmp_path)
    inbox = folders.inbox / "survey" / EDITION
    inbox.mkdir(parents=True)
    answers = {"ls1.1": Given("yes", "https://www.riigiteataja.ee/en/", None)}
    (inbox / "gci_2026_EST_ar.xlsx").write_bytes(workbook(form(EDITION), "EST", "ar", Filling(answers)))
    (inbox / "gci_2026_FIN_fr.xlsx").write_bytes(workbook(form(EDITION), "LVA", "fr", Filling(answers)))
    rows = "edition,iso3,item,answer,evidence_url,comment\n2026,LTU,ls1.1,{},,\n"
    (inbox / "LTU.csv").write_text(rows.format("no"))
    (inbox / "perhaps.csv").write_text(rows.format("perhaps"))
    document = {"schema": "gci-return/1", "edition": EDITION, "iso3": "POL", "form_version": "2026-1"}
    (inbox / "POL.json").write_text(json.dumps(document | {"answers": [{"item": "ls1.1", "answer": "no"}]}))
    (inbox / "twice.json").write_text(
        json.dumps(document | {"answers": [{"item": "ls1.1", "answer": answer} for answer in ("yes", "no")]})
    )
    (inbox / "kobo.json").write_text(submissions("accepted__kobo_version_missing_in_one.json"))
    shutil.copyfile(FOLDER / "refused__kobo_table_with_labels.csv", inbox / "kobo.csv")
    return folders


def test_the_task_says_of_every_format_what_the_command_says(folders: DataFolders) -> None:
    paths = sorted((folders.inbox / "survey" / EDITION).iterdir())
    said = {path.name: check_file(path).receipts for path in paths}
    (batch,) = inspect.unwrap(waiting_batches)(["survey"])  # as a task calls them, without the log of its try
    collected = inspect.unwrap(collect_batch)(batch)
    refused = {one["digest"]: one["problems"] for one in collected["refused"]}
    expected = {
        receipt.digest: receipt.as_dict()["problems"]
        for receipts in said.values()
        for receipt in receipts
        if receipt.verdict == "refused"
    }
    assert refused == expected
    assert sum(collected["accepted"].values()) == sum(
        receipt.verdict == "accepted" and not receipt.parts for receipts in said.values() for receipt in receipts
    )
    assert {name for name, (first, *_) in said.items() if first.verdict == "accepted"} == {
        "gci_2026_EST_ar.xlsx",
        "LTU.csv",
        "POL.json",
        "kobo.json",
    }
