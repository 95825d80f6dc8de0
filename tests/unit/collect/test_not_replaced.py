"""Which refused files still wait for another one: the same in the control room as in the cases of a round."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gci.collect.quarantine import edition_of, not_replaced, quarantine
from gci.core.paths import DataFolders
from gci.core.records import Receipt, Verdict
from gci.storage import landing

AT = "2026-04-01T06:00:00.000000+00:00"
"""When the one run took all of these files: they differ by when they were written alone."""


def _sent(name: str, verdict: Verdict, hour: int, edition: str = "2026", collector: str | None = "state") -> Receipt:
    iso3 = None if name.startswith("hello") else name[:3]
    written = f"2026-04-01T0{hour}:00:00.000000+00:00"
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Receipt(digest, "survey", name, verdict, AT, written, edition, iso3, None, collector)


def test_a_file_of_the_same_sender_replaces_a_refused_one_within_one_run(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    refused = [
        _sent("EST_1.csv", "refused", 1),
        _sent("FIN_1.csv", "refused", 1),
        _sent("LVA_1.csv", "refused", 1, edition="2024"),  # lay in the folder of 2026
        _sent("NAM_1.csv", "refused", 3, collector=None),
        _sent("hello.csv", "refused", 1),
    ]
    accepted = [
        _sent("EST_2.csv", "accepted", 2),
        _sent("FIN_desk.csv", "accepted", 2, collector="desk"),  # desk research is another sender
        _sent("LVA_2.csv", "accepted", 2),
        _sent("NAM_2.csv", "accepted", 2),  # written before the one that was refused
        _sent("hello_2.csv", "accepted", 2),
    ]
    content = tmp_path / "content"
    content.write_bytes(b"x")
    for one in refused:
        quarantine(content, one, "2026", folders)
    (folders.landing / "receipts").mkdir(parents=True)
    for one in accepted:
        (folders.landing / "receipts" / f"{one.digest}.json").write_bytes(landing.as_json(one))
    assert sorted(one.file for _, one in not_replaced(folders)) == ["FIN_1.csv", "NAM_1.csv", "hello.csv"]


def test_a_refused_file_is_of_the_edition_whose_folder_it_lay_in() -> None:
    said = _sent("EST_1.csv", "refused", 1, edition="2024")
    assert edition_of(said, "2026") == "2026"
    assert edition_of(said, "2062") == "2024"
    assert edition_of(said, "unplaced") == "2024"
