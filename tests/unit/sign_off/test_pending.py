"""Which candidates anybody is asked about: those that passed the gates, as they are."""

from __future__ import annotations

from pathlib import Path

import duckdb

from gci.core.checksums import sha256
from gci.core.paths import DataFolders
from gci.sign_off.pending import asked_before, asked_in, mark_asked, pending, void
from small_candidate import small_candidate, write_gates


def test_a_file_that_the_gates_have_not_seen_is_put_before_nobody(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    candidate = small_candidate(folders)
    assert pending(folders) == [candidate]
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("update overall_scores set score = 99 where iso3 = 'NAM'")
    assert pending(folders) == []
    write_gates(candidate)
    assert pending(folders) == [candidate]
    (candidate.folder / "gates" / "built.json").unlink()
    assert pending(folders) == []


def test_a_newer_candidate_of_its_edition_makes_a_request_void(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    older = small_candidate(folders)
    digest = sha256(older.database)
    small_candidate(folders, "2020", score=50)
    assert void(digest, folders) is None  # another edition's is its own
    newer = small_candidate(folders, score=62)
    assert newer.folder.name in str(void(digest, folders))
    assert void(sha256(newer.database), folders) is None


def test_a_candidate_that_is_built_anew_makes_the_requests_about_what_it_was_void(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    candidate = small_candidate(folders)
    was = sha256(candidate.database)
    mark_asked(candidate, was, "run 1")
    assert (asked_in(candidate), asked_before(candidate), void(was, folders)) == ("run 1", {}, None)
    with duckdb.connect(str(candidate.database)) as connection:  # as by another version of the program
        connection.execute("update overall_scores set score = 99 where iso3 = 'NAM'")
    assert void(was, folders) is None  # its gates are to come: it may come out the same
    write_gates(candidate)
    assert "built anew" in str(void(was, folders))
    assert (asked_in(candidate), asked_before(candidate)) == (None, {was: "run 1"})
    now = sha256(candidate.database)
    mark_asked(candidate, now, "run 2")
    mark_asked(candidate, now, "run 3")
    assert (asked_in(candidate), asked_before(candidate)) == ("run 3", {was: "run 1"})
    assert "built anew" in str(void(was, folders))
    assert void(now, folders) is None
