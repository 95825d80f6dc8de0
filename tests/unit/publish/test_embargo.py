"""A release that is approved before its hour: nobody finds it; at the hour it appears, late perhaps, never early."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import openpyxl
import pytest

from approved import approval, approved
from folder_tree import tree
from gci.build.candidate import plan
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.notifications.blocking import blocking
from gci.notifications.digest import digest as digest_of
from gci.publish.embargo import is_held
from gci.publish.prerelease import give
from gci.publish.release import publish
from gci.sign_off import keys
from gci.sign_off.at_the_hour import due, lay_again, publish_waiting
from gci.sign_off.record import reject
from gci.sign_off.request import _when
from gci.sign_off.signed import SignedAnswer
from gci.storage.drafts import Note, record
from gci.storage.embargo import Embargo, note, waiting, withdraw
from gci.storage.hours import hour_of
from gci.storage.latest import tell_readers
from gci.storage.release_log import latest
from landed import land_decisions, land_return
from small_candidate import digest, sign_off, small_candidate

HOUR = datetime(2026, 3, 29, 7, tzinfo=UTC)  # 09:00 in Zurich on the day on which its clocks change

Clock = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the warehouse's clock."""

    def moment(text: str) -> None:
        seconds = int(datetime.fromisoformat(f"{text}+00:00").timestamp())
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))

    return moment


@pytest.fixture
def folders(tmp_path: Path, at: Clock, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """A data folder in which the hour of 2024 is decided; it is the day before."""
    monkeypatch.delenv(keys.PRIVATE, raising=False)
    monkeypatch.delenv(keys.PUBLIC, raising=False)
    folders = DataFolders(tmp_path)
    decide(folders, "hour", "2026-03-29", "09:00 Europe/Zurich")
    at("2026-03-28 12:00:00")
    return folders


def decide(folders: DataFolders, name: str, day: str, value: str, edition: str = "2024", answers: str = "") -> None:
    said = {"id": name, "kind": "release_hour", "day": day, "value": value, "answers": answers}
    land_decisions(folders, edition, [said])


def rejected(candidate: Candidate, moment: str) -> SignedAnswer:
    """A rejection of the candidate, which is kept beside it."""
    given = replace(
        approval(candidate, moment),
        run_id="manual__2",
        chosen="Reject",
        user="8",
        by="B. Other",
        names=("B. Other",),
        note="the score of NAM is wrong",
    )
    reject(candidate, given)
    return given


def released(folders: DataFolders) -> list[Path]:
    return [publish_waiting(one, folders) for one in due(folders)]


def test_before_the_hour_nobody_finds_it_and_at_the_hour_it_is_there(folders: DataFolders, at: Clock) -> None:
    place = approved(small_candidate(folders, pages={"en/index.html": "<h1>2024</h1>"}), folders)
    ways = ("latest/index.html", "latest/en/index.html", "latest/2024/en/index.html")
    names = sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())
    before = tree(place)
    assert {"release.json", "SHA256SUMS", "gci.duckdb", "csv/overall_scores.csv"} <= set(names)
    assert place.parent == folders.embargoed
    assert stat.S_IMODE(folders.embargoed.stat().st_mode) == 0o700
    assert len(place.name.rpartition("-")[2]) == 32  # nobody guesses 128 bits
    handler = partial(_Quiet, directory=str(folders.published))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{server.server_port}"
        asked = [f"{site}/{home}/{name}" for home in ("2024/v1", f"{place.name}", "2024/.v1") for name in names]
        found = [_status(one) for one in (*asked, f"{site}/gci.duckdb", f"{site}/2024/", f"{site}/embargoed/")]
        assert set(found) == {404}
        at("2026-03-29 06:59:59")
        assert released(folders) == []
        assert _status(f"{site}/2024/v1/release.json") == 404
        assert {_status(f"{site}/{one}") for one in ways} == {404}
        at("2026-03-29 07:00:00")
        assert released(folders) == [folders.release("2024", 1)]
        assert {_status(f"{site}/2024/v1/{name}") for name in names} == {200}
        assert {_status(f"{site}/{one}") for one in ways} == {200}
        server.shutdown()
    assert tree(folders.release("2024", 1)) == before  # one rename, no byte is another
    papers = latest("2024", folders).document
    assert (papers["planned_for"], papers["published_at"]) == (HOUR.isoformat(), HOUR.isoformat())
    assert not waiting(folders)
    assert list(folders.embargoed.iterdir()) == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _status(address: str) -> int:
    try:
        with urlopen(address) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_a_scheduler_that_was_down_publishes_late_and_says_so(folders: DataFolders, at: Clock) -> None:
    approved(small_candidate(folders), folders)
    at("2026-04-02 18:30:00")
    assert released(folders) == [folders.release("2024", 1)]
    papers = latest("2024", folders).document
    assert papers["planned_for"] == HOUR.isoformat()
    assert papers["published_at"] == "2026-04-02T18:30:00+00:00"


def test_an_approval_after_the_hour_publishes_at_once(folders: DataFolders, at: Clock) -> None:
    at("2026-03-29 10:00:00")
    candidate = small_candidate(folders)
    assert publish(candidate, sign_off(candidate), folders) == folders.release("2024", 1)
    assert latest("2024", folders).document["planned_for"] == HOUR.isoformat()
    # The hour was that of this release: a correction needs none.
    assert hour_of("2024", folders) is None
    again = small_candidate(folders, vintage=2, score=70)
    assert publish(again, sign_off(again), folders) == folders.release("2024", 2)
    assert "planned_for" not in latest("2024", folders).document


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-30"])
def test_another_hour_is_another_decision(day: str, folders: DataFolders, at: Clock) -> None:
    approved(small_candidate(folders), folders)
    decide(folders, "moved", day, "15:00 America/New_York", answers="hour")
    at(f"{day} 18:59:59")
    assert released(folders) == []
    at(f"{day} 19:00:00")
    assert released(folders) == [folders.release("2024", 1)]
    assert latest("2024", folders).document["planned_for"] == f"{day}T19:00:00+00:00"


def test_what_waits_is_laid_out_anew_when_its_hour_moves_so_that_one_rename_publishes_it(
    folders: DataFolders, at: Clock
) -> None:
    approved(small_candidate(folders), folders)
    decide(folders, "moved", "2026-03-31", "15:00 America/New_York", answers="hour")
    record(Note("sent", "2024", "NAM", "2026-03-28T12:00:00+00:00", "en", "d" * 64), folders)
    place = lay_again("2024", folders)
    assert place is not None
    papers = json.loads((place / "release.json").read_text(encoding="utf-8"))
    assert (papers["planned_by"], papers["published_at"]) == ("moved", "2026-03-31T19:00:00+00:00")
    assert [one["iso3"] for one in papers["drafts"]] == ["NAM"]
    before = tree(place)
    at("2026-03-31 19:00:00")
    assert released(folders) == [folders.release("2024", 1)]
    assert tree(folders.release("2024", 1)) == before


def test_a_revoked_hour_publishes_nothing(folders: DataFolders, at: Clock) -> None:
    approved(small_candidate(folders), folders)
    land_decisions(folders, "2024", [{"id": "never", "kind": "revocation", "answers": "hour"}])
    at("2026-05-01 12:00:00")
    assert released(folders) == []
    assert "its hour was revoked" in (is_held("2024", folders) or "")


def test_whoever_watches_is_told_that_it_is_approved_and_what_keeps_it(folders: DataFolders, at: Clock) -> None:
    place = approved(small_candidate(folders), folders)
    assert blocking(folders) == []  # nobody is to sign it once more
    told = digest_of(folders)
    assert "2024@v1 was approved by A. Signer and waits for its hour, 2026-03-29 09:00" in told.known[0].what
    assert place.name not in repr(told)
    at("2026-03-29 07:20:00")
    (late,) = blocking(folders)
    assert late.what == "2024@v1 was to be published at 2026-03-29 09:00 Europe/Zurich, and is not."
    land_decisions(folders, "2024", [{"id": "never", "kind": "revocation", "answers": "hour"}])
    (held,) = blocking(folders)
    assert "its hour was revoked" in held.what


def test_a_correction_takes_the_place_of_what_waits(folders: DataFolders, at: Clock) -> None:
    first = approved(small_candidate(folders), folders)
    second = approved(small_candidate(folders, score=70), folders)
    assert not first.exists()
    assert [one.place(folders) for one in waiting(folders).values()] == [second]
    at("2026-03-29 07:00:00")
    released(folders)
    scores = (folders.release("2024", 1) / "csv" / "overall_scores.csv").read_text(encoding="utf-8")
    assert "2024,NAM,70" in scores


def test_no_news_tells_of_a_correction_before_its_hour(folders: DataFolders, at: Clock) -> None:
    at("2026-03-29 07:00:00")
    first = small_candidate(folders)
    publish(first, sign_off(first), folders)
    decide(folders, "again", "2026-04-10", "09:00 Asia/Kathmandu", answers="hour")
    tell_readers(folders)
    news = [folders.published / name for name in ("errata.html", "feed.xml", "feeds/state/NAM.xml")]
    before = [one.read_bytes() for one in news]
    approved(small_candidate(folders, vintage=2, score=70), folders)
    tell_readers(folders)
    assert [one.read_bytes() for one in news] == before
    assert "v2" not in (folders.published / "latest.json").read_text(encoding="utf-8")
    at("2026-04-10 03:15:00")
    released(folders)
    page = news[0].read_text(encoding="utf-8")
    assert "GCI 2024, vintage 2" in page
    assert "<td>2026-04-10 03:15 UTC</td><td>2026-04-10 03:15 UTC</td>" in page  # when it appeared, and was to
    assert "61.2500 → 70.0000" in page
    assert "Planned for 2026-04-10 03:15 UTC." in news[1].read_text(encoding="utf-8")


def test_another_edition_does_not_go_out_before_it(folders: DataFolders, at: Clock) -> None:
    other = small_candidate(folders, "2020")
    approved(small_candidate(folders), folders)
    with pytest.raises(Blocked, match=r"2024@v1 is approved and waits for its hour, 2026-03-29 09:00 Europe/Zurich"):
        publish(other, sign_off(other), folders)
    # With the hour revoked it may, and what waited was built on another history: it waits no more.
    land_decisions(folders, "2024", [{"id": "never", "kind": "revocation", "answers": "hour"}])
    assert publish(other, sign_off(other), folders) == folders.release("2020", 1)
    assert not waiting(folders)


def test_an_approval_that_was_taken_back_publishes_nothing(folders: DataFolders, at: Clock) -> None:
    candidate = small_candidate(folders)
    place = approved(candidate, folders)
    file = digest(candidate.database)
    rejection = rejected(candidate, "2026-03-28T12:00:00+00:00")
    assert withdraw(file, rejection.by, rejection.at, rejection.note, folders)
    assert not place.exists()
    at("2026-03-29 07:00:00")
    assert released(folders) == []


def test_a_forged_approval_publishes_nothing(folders: DataFolders, at: Clock) -> None:
    approved(small_candidate(folders), folders)
    (kept,) = folders.noted_embargoes.glob("answer-*.json")
    kept.chmod(0o644)
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"by": "Somebody Else"}))
    at("2026-03-29 07:00:00")
    with pytest.raises(Blocked, match="signature"):
        released(folders)
    assert not folders.release("2024", 1).exists()


def test_what_was_changed_while_it_waited_is_written_anew(folders: DataFolders, at: Clock) -> None:
    place = approved(small_candidate(folders), folders)
    spoilt = place / "csv" / "overall_scores.csv"
    right = spoilt.read_bytes()
    spoilt.chmod(0o644)
    spoilt.write_bytes(b"spoilt")
    at("2026-03-29 07:00:00")
    assert released(folders) == [folders.release("2024", 1)]
    assert (folders.release("2024", 1) / "csv" / "overall_scores.csv").read_bytes() == right


def test_the_candidate_of_what_waits_is_not_planned_anew(folders: DataFolders) -> None:
    land_return(folders, "2024", "EST", {"ls1": "1"})
    planned = plan("2024", folders)
    assert planned is not None
    planned.database.write_bytes(b"as built")
    waits = Embargo("embargoed", "2024", 1, 1, planned.folder.name, "d" * 64, "x", "A. Signer", "2026-03-28T11:00:00Z")
    note(waits, folders)
    before = tree(planned.folder)
    access = {"id": "reader", "kind": "prerelease_access", "subject": "A reader", "day": "2026-03-28"}
    land_decisions(folders, "2024", [access])
    assert plan("2024", folders) == planned
    assert tree(planned.folder) == before


def test_a_copy_before_the_hour_names_its_reader_and_stands_in_the_release(
    folders: DataFolders, at: Clock, tmp_path: Path
) -> None:
    approved(small_candidate(folders), folders)
    out = tmp_path / "out"
    access = {"id": "press", "kind": "prerelease_access", "subject": "Jane Doe, Example Press", "day": "2026-03-28"}
    later = {"id": "later", "kind": "prerelease_access", "subject": "A. Minister", "day": "2026-03-29"}
    land_decisions(folders, "2024", [access, later])
    for name, said in (("Somebody Else", "lets: A. Minister, Jane Doe"), ("A. Minister", "from 2026-03-29 on")):
        with pytest.raises(Blocked, match=said):
            give("2024", name, out, folders)
    copy = give("2024", "jane doe,  Example Press", out, folders)
    lay_again("2024", folders)
    assert [path.name for path in out.iterdir()] == [copy.name]
    book = openpyxl.load_workbook(copy)
    assert "Jane Doe, Example Press" in {cell.value for row in book["Notes"].iter_rows() for cell in row}
    assert all("Jane Doe" in (sheet.oddHeader.left.text or "") for sheet in book.worksheets)
    at("2026-03-29 07:00:00")
    released(folders)
    (listed,) = latest("2024", folders).document["prerelease_copies"]
    told = {name: listed[name] for name in ("reader", "at", "reason", "approver", "decision", "sha256")}
    assert told == {
        "reader": "Jane Doe, Example Press",
        "at": "2026-03-28T12:00:00+00:00",
        "reason": "why",
        "approver": "Bo Chen",
        "decision": "press",
        "sha256": digest(copy),
    }
    with pytest.raises(WrongUsage, match="there is nothing to copy"):
        give("2024", "Jane Doe, Example Press", out, folders)


def test_a_rejection_after_the_hour_publishes_nothing_and_the_next_approval_at_once(
    folders: DataFolders, at: Clock
) -> None:
    at("2026-03-29 10:00:00")
    rejected(small_candidate(folders), "2026-03-29T10:00:00+00:00")
    assert released(folders) == []
    assert not folders.published.exists()
    at("2026-03-30 10:00:00")
    mended = small_candidate(folders, score=70)
    assert publish(mended, sign_off(mended), folders) == folders.release("2024", 1)
    papers = latest("2024", folders).document
    assert (papers["planned_for"], papers["published_at"]) == (HOUR.isoformat(), "2026-03-30T10:00:00+00:00")


def test_a_signer_is_told_when_it_appears_and_what_waits(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    assert "Planned for 2026-03-29 09:00 Europe/Zurich (2026-03-29 07:00 UTC)" in " ".join(_when(candidate, folders)[0])
    approved(candidate, folders)
    assert "a rejection takes that back" in " ".join(_when(candidate, folders)[0])
    newer = small_candidate(folders, score=70)
    assert "an approval puts this in its place" in " ".join(_when(newer, folders)[0])
    assert "until then nothing else goes out" in " ".join(_when(small_candidate(folders, "2020"), folders)[0])
