"""The ledger of drafts: what counts as an answer, and when silence is silence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.storage.drafts import Note, answers, record
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
