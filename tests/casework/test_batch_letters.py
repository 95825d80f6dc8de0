"""Letters to all who are to be asked: one file with a letter for each, and a note of those that went out."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from gci.casework.cases import cases
from gci.casework.ledger import letters
from gci.casework.letter import as_html, letter
from gci.core.paths import DataFolders


def asked(folders: DataFolders) -> set[str]:
    """The states whose focal points have something to act on."""
    return {
        case["iso3"]
        for case in cases("2026", None, folders)
        if case["owner"] == "focal_point" and case["state"] in ("open", "asked") and case["iso3"]
    }


def test_one_file_has_the_letter_of_every_state_that_is_to_be_asked(
    april: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gci.orchestration.ui.letter_routes import all_letters

    monkeypatch.setenv("GCI_DATA", str(april.root))
    with zipfile.ZipFile(io.BytesIO(bytes(all_letters("2026").body))) as packed:
        sent = {name: packed.read(name) for name in packed.namelist()}
    found = {name.partition("_")[0]: content.decode() for name, content in sent.items() if name.endswith(".html")}
    assert found.keys() == asked(april)
    assert found
    for iso3, page in found.items():
        one = letter("2026", iso3, None, april)
        assert page == as_html(one)
        assert one.encloses == any(name.startswith(iso3) and name.endswith(".xlsx") for name in sent)
    assert any(name.endswith(".xlsx") for name in sent)


def test_those_that_went_out_are_in_the_ledger_and_no_others(april: DataFolders, tmp_path: Path) -> None:
    from gci.orchestration.ui.letter_routes import _record

    copied = DataFolders(tmp_path / "data")
    shutil.copytree(april.root, copied.root)
    before = letters(copied)
    one, *_ = sorted(asked(copied))
    assert _record("2026", [one], copied) == [one]
    new = [entry for entry in letters(copied) if entry not in before]
    assert [(entry["edition"], entry["iso3"]) for entry in new] == [("2026", one)]
