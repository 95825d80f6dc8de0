"""How old a partner's data is: by the day in the file's name, its arrival, or its owner's last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gci.casework.status import partner_ages
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.partners.fetch.state import Gathered, remember
from gci.partners.freshness import SourceAge, ages

NCSI = "Rank,Country,National Cyber Security Index,Difference\n1,Estonia,{},1\n"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 3, 11, tzinfo=UTC).timestamp())))
    return DataFolders(tmp_path)


def send(folders: DataFolders, name: str, value: str, day: int) -> str:
    path = folders.inbox / "partners" / "ncsi" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NCSI.format(value), encoding="utf-8")
    (receipt,) = collect_files("partners", [path], datetime(2026, 3, day, tzinfo=UTC), folders)
    return receipt.digest


def ncsi(folders: DataFolders) -> SourceAge:
    (age,) = [one for one in ages(folders) if one.source == "ncsi"]
    return age


def test_without_a_file_there_is_no_age(folders: DataFolders) -> None:
    age = ncsi(folders)
    assert (age.file, age.age_days, age.too_old) == (None, None, False)
    assert replace(age, required=True).too_old


def test_the_day_in_the_name_counts_or_else_that_of_the_arrival(folders: DataFolders) -> None:
    send(folders, "ncsi.csv", "90", 1)
    assert (ncsi(folders).taken_on, ncsi(folders).age_days) == (date(2026, 3, 1), 10)
    send(folders, "ncsi.2023-03-01.csv", "91", 2)
    old = ncsi(folders)
    assert (old.taken_on, old.too_old) == (date(2023, 3, 1), True)
    assert "TOO OLD" in old.told()


def test_a_refused_file_makes_nothing_younger(folders: DataFolders) -> None:
    send(folders, "ncsi.csv", "90", 1)
    send(folders, "ncsi_new.csv", "900", 9)
    assert ncsi(folders).file == "ncsi.csv"


def test_what_its_owner_still_offers_is_as_old_as_the_owners_word(folders: DataFolders) -> None:
    digest = send(folders, "ncsi.2025-03-01.csv", "90", 1)
    word = "2026-03-09T06:00:00+00:00"
    remember(Gathered("ncsi", digest=digest, confirmed_at=word), folders)
    assert (ncsi(folders).taken_on, ncsi(folders).current_on) == (date(2025, 3, 1), date(2026, 3, 9))
    remember(Gathered("ncsi", digest="of another file", confirmed_at=word), folders)
    assert ncsi(folders).current_on == date(2025, 3, 1)


def test_status_shows_age_and_failure(folders: DataFolders) -> None:
    send(folders, "ncsi.2025-03-01.csv", "90", 1)
    remember(Gathered("ncsi").failing("the server answers 503", "2026-03-10T06:00:00+00:00"), folders)
    (told,) = [one for one in partner_ages(folders) if one["source"] == "ncsi"]
    assert (told["taken_on"], told["age_days"], told["failure"]) == ("2025-03-01", 375, "the server answers 503")


def test_only_the_files_named_count(folders: DataFolders) -> None:
    first = send(folders, "ncsi.csv", "90", 1)
    send(folders, "ncsi_new.csv", "91", 2)
    (age,) = [one for one in ages(folders, {first}) if one.source == "ncsi"]
    assert age.digest == first
