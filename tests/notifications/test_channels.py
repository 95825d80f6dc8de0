"""A run that tells: one digest through each channel that is on; one that is down harms nothing and is told later."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import Run, gci, start_dags, states
from notifications.listeners import post_server
from notifications.run_told import Told


def test_one_mail_for_the_whole_run_to_all_recipients(told: Told) -> None:
    (mail,) = told.mailbox.mails
    assert told.mailbox.recipients == [["team@example.org", "data@example.org"]]
    assert mail["Subject"] == "GCI: 1 blocks the release, 2 new, 0 known"
    page = mail.get_body(("html",)).get_content()
    blocks, new, known = (page.index(title) for title in ("What blocks", "What is new", "What is known"))
    assert blocks < page.index("Gate landed stopped 2024 vintage 1") < new < page.index("was refused") < known
    assert "every_member_has_a_return" in page
    assert "{{ 7 * 7 }}&lt;b&gt;.csv" in page


def test_one_message_to_slack_with_the_owners(told: Told) -> None:
    (posted,) = told.posted.at("/slack")
    assert posted["text"].startswith("GCI: 1 blocks the release, 2 new, 0 known\n")
    for owner in ("[data engineer] Gate landed", "[focal point] {{ 7 * 7 }}&lt;b&gt;.csv", "[reviewer] 2024: 2 new"):
        assert owner in posted["text"]


def test_a_channel_that_is_down_changes_nothing_but_a_line(told: Told) -> None:
    assert told.first.code == 1
    (edition,) = told.first.document["editions"]
    assert edition["outcome"] == "blocked"
    assert told.first.document["failures"] == []
    assert "not told: webhook (gci_webhook)" in told.first.err
    assert "Traceback" not in told.first.err


def test_it_is_told_by_the_next_run_and_the_others_are_not_told_again(told: Told) -> None:
    (document,) = told.late.at("/hook")
    assert [notice["owner"] for notice in document["new"]] == ["focal point", "reviewer"]
    assert document["blocks"][0]["what"].startswith("Gate landed stopped 2024 vintage 1")
    assert "not told" not in told.second.err


def test_a_fault_of_a_task_is_told_until_the_task_goes_well(tmp_path: Path) -> None:
    assert gci(tmp_path, "replay", "--edition", "2024", "--state", "EST").code == 0
    (tmp_path / "candidates").write_text("a file where the folder should be")
    begun = (("collect_survey", {}), ("build_index", {"edition": "2024"}), ("tell_owners", {}))
    with post_server() as posted:
        connection = {"conn_type": "http", "host": f"http://127.0.0.1:{posted.port}/hook"}
        variables = {"AIRFLOW_CONN_GCI_WEBHOOK": json.dumps(connection)}
        start_dags(tmp_path, *begun, **variables)
        (tmp_path / "candidates").unlink()
        start_dags(tmp_path, *begun[1:], **variables)
        failed, mended = posted.at("/hook")
    assert failed["blocks"][0]["owner"] == "data engineer"
    assert "build_index · plan: " in failed["blocks"][0]["what"]
    assert "could not be written" in failed["blocks"][0]["what"]
    assert [notice["what"].partition(":")[0] for notice in mended["blocks"]] == ["Gate landed stopped 2024 vintage 1"]


def test_nobody_is_told_without_connections(waiting: Run) -> None:
    assert "not told" not in waiting.done.err
    assert set(states(waiting.data, "tell_owners").values()) == {"skipped"}
