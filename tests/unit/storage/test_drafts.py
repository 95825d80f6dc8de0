"""The ledger of drafts: what counts as an answer, and when silence is silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gci.cli.draft import draft
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.sign_off.markdown import text as marked_down
from gci.sign_off.open_comments import open_comments
from gci.sign_off.request import _comments
from gci.storage.drafts import Note, answers, comments, drafts, record, record_made, unsent
from gci.storage.release_log import latest
from landed import land_decisions, land_return
from small_candidate import sign_off, small_candidate

SENT = "2026-01-02T10:00:00+00:00"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """Drafts went to four states on 2 January 2026; they may comment until 10 January, and it is that day."""
    folders = DataFolders(tmp_path)
    at(monkeypatch, "2026-01-10T23:59:59+00:00")
    closes = {"id": "closes", "kind": "calendar_date", "subject": "comments_to", "day": "2026-01-10"}
    land_decisions(folders, "2024", [closes])
    for iso3 in ("EST", "LVA", "LTU", "ISL"):
        record(Note("sent", "2024", iso3, SENT, "en", "d" * 64), folders)
    land_return(folders, "2024", "EST", {"ls1": "1"})  # received on 5 January
    land_return(folders, "2024", "LTU", {"ls1": "1"}, collector="desk")
    record(Note("comment", "2024", "LVA", "2026-01-03T09:00:00+00:00", by="Ana Lima", text="We agree."), folders)
    record(Note("comment", "2024", "ISL", "2026-01-01T09:00:00+00:00", by="Ana Lima", text="On an older one."), folders)
    return folders


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(moment).timestamp())))


def said(folders: DataFolders) -> dict[str, str]:
    return {one.iso3: one.said for one in answers("2024", folders)}


def test_a_return_or_a_comment_since_is_an_answer_and_silence_is_silence_when_the_days_are_over(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What desk research found is no answer of the state, nor is a comment on an earlier draft.
    assert said(folders) == {"EST": "return", "ISL": "waiting", "LTU": "waiting", "LVA": "comment"}
    at(monkeypatch, "2026-01-11T00:00:00+00:00")
    assert said(folders) == {"EST": "return", "ISL": "silence", "LTU": "silence", "LVA": "comment"}
    assert answers("2020", folders) == []


def test_a_release_says_who_answered_and_who_was_silent_without_their_words(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-02-01T00:00:00+00:00")
    candidate = small_candidate(folders)
    publish(candidate, sign_off(candidate), folders)
    listed = latest("2024", folders).document["drafts"]
    assert {one["iso3"]: one["said"] for one in listed} == said(folders)
    assert "We agree" not in str(listed)


def test_a_newer_draft_asks_anew(folders: DataFolders) -> None:
    record(Note("sent", "2024", "EST", "2026-01-08T10:00:00+00:00", "en", "e" * 64), folders)
    assert said(folders)["EST"] == "waiting"


def test_silence_stays_silence_whatever_comes_after_the_days_for_comments(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-01-12T12:00:00+00:00")
    record(Note("comment", "2024", "LTU", "2026-01-12T09:00:00+00:00", by="Ana Lima", text="Too late."), folders)
    assert said(folders)["LTU"] == "silence"
    (one,) = [one for one in comments(folders) if one.iso3 == "LTU"]
    assert one.answered_at is None  # somebody answers it all the same
    # What came in time and is written down late is in time.
    record(Note("comment", "2024", "ISL", "2026-01-10T23:59:59+00:00", by="Ana Lima", text="In time."), folders)
    assert said(folders)["ISL"] == "comment"
    later = {"id": "later", "kind": "calendar_date", "subject": "comments_to", "day": "2026-01-31", "answers": "closes"}
    land_decisions(folders, "2024", [later])
    assert said(folders)["LTU"] == "comment"  # the days were lengthened


def test_a_draft_that_is_made_waits_to_be_sent_and_is_noted_once(folders: DataFolders) -> None:
    made = Note("made", "2024", "NOR", "2026-01-05T10:00:00+00:00", "en", "e" * 64)
    record_made(made, folders)
    record_made(replace(made, at="2026-01-06T10:00:00+00:00"), folders)
    (one,) = [one for one in drafts(folders) if one.iso3 == "NOR"]
    assert (one.said, one.made_at, one.sent_at) == ("made", made.at, "")
    assert unsent("2024", folders) == [made]
    assert "NOR" not in said(folders)  # of what did not go out no release tells
    record(replace(made, what="sent", at="2026-01-07T10:00:00+00:00"), folders)
    assert unsent("2024", folders) == []
    assert said(folders)["NOR"] == "waiting"
    record_made(replace(made, at="2026-01-08T10:00:00+00:00"), folders)  # looked at again
    assert unsent("2024", folders) == []


def test_an_answer_closes_the_comments_before_it_and_none_after(folders: DataFolders) -> None:
    for what, day, text in (("answer", 4, "Noted."), ("comment", 5, "Once more.")):
        record(Note(what, "2024", "LVA", f"2026-01-0{day}T10:00:00+00:00", by="Bo Chen", text=text), folders)  # type: ignore[arg-type]
    told = [(one.text, one.answer) for one in comments(folders) if one.iso3 == "LVA"]
    assert told == [("We agree.", "Noted."), ("Once more.", "")]


def test_whoever_signs_is_told_what_is_not_over(folders: DataFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    record(Note("made", "2024", "NOR", "2026-01-05T10:00:00+00:00", "en", "e" * 64), folders)
    unanswered = "2 comments of states on their drafts have no answer (ISL, LVA)."
    unsent_ = "1 draft was made and has not been sent (NOR)."
    may = "2 states that have said nothing may comment until the end of 2026-01-10, UTC."
    assert open_comments("2024", folders) == [unanswered, may, unsent_]
    ((_, *lines),) = _comments(small_candidate(folders), folders)
    assert lines == [f"- **{marked_down(one)}**" for one in (unanswered, may, unsent_)]
    at(monkeypatch, "2026-01-11T00:00:00+00:00")
    for iso3 in ("LVA", "ISL"):
        record(Note("answer", "2024", iso3, "2026-01-10T10:00:00+00:00", by="Bo Chen", text="Noted."), folders)
    assert open_comments("2024", folders) == [unsent_]
    assert open_comments("2020", folders) == []


def test_that_drafts_were_sent_is_recorded_and_said_and_nothing_is_written_anew(
    folders: DataFolders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCI_DATA", str(folders.root))
    for iso3, language in (("NOR", "en"), ("FRA", "fr")):
        record(Note("made", "2024", iso3, "2026-01-05T10:00:00+00:00", language, "e" * 64), folders)
    draft(edition="2024", state="FRA", sent=True)
    out = capsys.readouterr()
    assert out.out == ""
    assert "Recorded as sent: 1 (FRA), in fr, made of the candidate with SHA-256 eeeeeeeeeeee." in out.err
    assert [note.iso3 for note in unsent("2024", folders)] == ["NOR"]
    with pytest.raises(WrongUsage, match="No draft of FRA for 2024 waits to be sent"):
        draft(edition="2024", state="FRA", sent=True)
    with pytest.raises(WrongUsage, match="made in en, not in fr"):
        draft(edition="2024", state="NOR", lang="fr", sent=True)
    draft(edition="2024", sent=True)
    assert said(folders)["NOR"] == "waiting"
