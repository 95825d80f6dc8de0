"""What is shown of invented returns says so, whoever looks at it; what is shown of real ones does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import gci
from gci.casework.cases import cases
from gci.casework.letter import as_html, as_text, letter
from gci.casework.refresh import refresh
from gci.casework.status import status
from gci.core.paths import DataFolders
from gci.orchestration.ui.status_page import status_page
from gci.reference.labels import LANGUAGES
from round_of_2026 import ALL_YES, day, links_of, returned, send

AT = {"SOURCE_DATE_EPOCH": "1775779200"}  # 10 April 2026
ASKED = {
    "status": ("status", "--edition", "2026"),
    "cases": ("cases", "--edition", "2026"),
    "letter": ("letter", "--edition", "2026", "--state", "EST"),
}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """A round of one return, which says that it is invented and leaves a question open."""
    folders = DataFolders(tmp_path_factory.mktemp("invented"))
    header, *rows = returned("EST", ALL_YES | {"ls1.1": ""}, links_of("ee")).splitlines()
    content = "\n".join([f"{header},synthetic", *(f"{row},true" for row in rows), ""])
    assert send({"est.csv": content}, (4, 1), folders)["est.csv"].synthetic
    with day(4, 10):
        assert refresh(folders)
    return folders


@pytest.mark.parametrize("command", ASKED)
def test_a_command_says_so_exactly_where_returns_are_invented(
    april: DataFolders, invented: DataFolders, command: str
) -> None:
    assert "SYNTHETIC" in gci(invented.root, *ASKED[command], **AT).out
    assert "SYNTHETIC" not in gci(april.root, *ASKED[command], **AT).out


def test_so_do_its_documents(april: DataFolders, invented: DataFolders) -> None:
    for folders, said in ((invented, True), (april, False)):
        assert gci(folders.root, *ASKED["status"], "--json", **AT).document["synthetic"] is said
        assert {case["synthetic"] for case in gci(folders.root, *ASKED["cases"], "--json", **AT).document} == {said}


def test_so_does_the_page(april: DataFolders, invented: DataFolders) -> None:
    for folders, said in ((invented, True), (april, False)):
        page = status_page(status("2026", folders), cases("2026", None, folders), ["2026"])
        assert ("SYNTHETIC" in page) is said


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_a_letter_in_any_language(april: DataFolders, invented: DataFolders, language: str) -> None:
    for shown in (as_html, as_text):
        assert "SYNTHETIC" in shown(letter("2026", "EST", language, invented))
        assert "SYNTHETIC" not in shown(letter("2026", "EST", language, april))


def test_a_letter_that_is_written_to_a_file_is_announced_as_such(invented: DataFolders, tmp_path: Path) -> None:
    done = gci(invented.root, *ASKED["letter"], "--out", str(tmp_path / "letter.html"), **AT)
    assert "SYNTHETIC" in done.err
    assert "SYNTHETIC" in (tmp_path / "letter.html").read_text(encoding="utf-8")
