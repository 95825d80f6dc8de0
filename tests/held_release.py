"""Whether what a release says of its signer is what was signed."""

from __future__ import annotations

from pathlib import Path

from gci.core.paths import DataFolders
from gci.inspection.signed import against_the_answer, on_landings_record
from gci.storage.release_log import find
from gci.storage.released import known


def is_held(data: Path) -> None:
    """2020@v1 says of its signer what the server signed, and landing knows of the release."""
    folders = DataFolders(data)
    assert against_the_answer(find("2020", folders), folders) == ([], [])
    assert on_landings_record(find("2020", folders), folders) == []
    assert [one.name for one in known(folders)] == ["2020@v1"]
