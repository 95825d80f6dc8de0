"""publish_edition and build_index started by hand or on schedule, with and without an edition."""

from __future__ import annotations

from pathlib import Path

from command_line import start_dags


def test_nobody_is_asked_twice_about_one_candidate(copied: Path) -> None:
    (publish,) = start_dags(copied, ("publish_edition", {}))
    assert set(publish.values()) == {"skipped"}


def test_nothing_to_do_is_skipped_and_an_unknown_edition_is_red(tmp_path: Path) -> None:
    unknown = {"edition": "1999"}
    build, publish, no_news, no_file = start_dags(
        tmp_path,
        ("build_index", unknown),
        ("publish_edition", unknown),
        ("build_index", {}),
        ("collect_partners", {}),
    )
    assert build["plan"] == "failed"
    assert publish["choose"] == "failed"
    assert set(no_news.values()) == {"skipped"}
    assert set(no_file.values()) == {"skipped"}, "nothing waits and no partner is connected"
