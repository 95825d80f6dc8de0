"""Two runs that are stopped at a gate and tell of it through every channel, of which one is down at first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from command_line import Done, gci
from made_once import made_once
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


def told() -> Told:
    """Two returns, where every state should have one, and a broken one: gate landed stops it. Read it."""
    return made_once("told", _made)


def _made(data: Path) -> Told:
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
    return Told(data, first, second, mailbox, posted, late)
