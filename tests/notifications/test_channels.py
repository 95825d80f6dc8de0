"""A run that tells: one digest through each channel that is on; one that is down harms nothing and is told later."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from command_line import Done, Run, environment, gci, states
from notifications.listeners import Mailbox, Posted, free_port, mail_server, post_server

HOSTILE = "{{ 7 * 7 }}<b>.csv"
BROKEN = "edition,iso3,item,answer,evidence_url,comment\n2024,EST,lm1,1.7,,\n"


@dataclass
class Told:
    """What two runs said, of which the second had nothing new.

    Attributes:
        data: the data folder.
        first, second: the commands.
        mailbox: what came by mail.
        posted: what came to the address of Slack.
        late: what came to the webhook, which was down during the first run.
    """

    data: Path
    first: Done
    second: Done
    mailbox: Mailbox
    posted: Posted
    late: Posted


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Two returns, where every state should have one, and a broken one."""
    data = tmp_path_factory.mktemp("told")
    assert gci(data, "replay", "--edition", "2024", "--state", "AFG", "--state", "EST").code == 0
    (data / "inbox/survey/2024" / HOSTILE).write_text(BROKEN, encoding="utf-8")
    down = free_port()
    with mail_server() as mailbox, post_server() as posted:
        mail = {"from_email": "gci@example.org", "to": ["team@example.org", "data@example.org"]}
        plain = {"disable_tls": True, "disable_ssl": True}
        connections = {
            "AIRFLOW_CONN_GCI_MAIL": {
                "conn_type": "smtp",
                "host": "127.0.0.1",
                "port": mailbox.port,
                "extra": mail | plain,
            },
            "AIRFLOW_CONN_GCI_SLACK": {
                "conn_type": "slackwebhook",
                "password": f"http://127.0.0.1:{posted.port}/slack",
            },
            "AIRFLOW_CONN_GCI_WEBHOOK": {"conn_type": "http", "host": f"http://127.0.0.1:{down}/hook"},
        }
        variables = {name: json.dumps(value) for name, value in connections.items()}
        first = gci(data, "run", "--edition", "2024", "--json", **variables)
        with post_server(down) as late:
            second = gci(data, "run", "--edition", "2024", "--json", **variables)
        yield Told(data, first, second, mailbox, posted, late)


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
    script = Path(__file__).parents[1] / "dags" / "start_dag.py"
    begun = [["collect_survey", {}], ["build_index", {"edition": "2024"}], ["tell_owners", {}]]
    with post_server() as posted:
        connection = {"conn_type": "http", "host": f"http://127.0.0.1:{posted.port}/hook"}
        variables = environment(tmp_path) | {"AIRFLOW_CONN_GCI_WEBHOOK": json.dumps(connection)}
        for dags in (begun, begun[1:]):
            command = [sys.executable, script, tmp_path, json.dumps(dags)]
            subprocess.run(command, env=variables, check=True, capture_output=True)
            if dags is begun:
                (tmp_path / "candidates").unlink()
        failed, mended = posted.at("/hook")
    assert failed["blocks"][0]["owner"] == "data engineer"
    assert "build_index · plan: " in failed["blocks"][0]["what"]
    assert "could not be written" in failed["blocks"][0]["what"]
    assert [notice["what"].partition(":")[0] for notice in mended["blocks"]] == ["Gate landed stopped 2024 vintage 1"]


def test_nobody_is_told_without_connections(waiting: Run) -> None:
    assert "not told" not in waiting.done.err
    assert set(states(waiting.data, "tell_owners").values()) == {"skipped"}
