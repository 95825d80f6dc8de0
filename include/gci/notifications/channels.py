"""The channels through which people are told: Airflow's connections and the notifiers of its providers.

A channel is on when its connection is there. None is by default.

| channel | connection | what is read of it |
|---|---|---|
| mail | `gci_mail` (smtp) | server, login; extra: `from_email`, `to` (a list of addresses), `timeout`, `retry_limit` |
| slack | `gci_slack` (slackwebhook) | the webhook's address or token |
| webhook | `gci_webhook` (http) | host, extra: headers; takes a POST with the digest as JSON |
"""

from __future__ import annotations

import json
import logging
from typing import Any

from airflow.sdk import BaseHook, BaseNotifier
from airflow.sdk.exceptions import AirflowNotFoundException

from gci.core.errors import TryAgain, WrongUsage
from gci.notifications.messages import Message

log = logging.getLogger(__name__)

CHANNELS = {"mail": "gci_mail", "slack": "gci_slack", "webhook": "gci_webhook"}
"""The connection of each channel."""

SLOWEST = 20
"""Seconds after which a channel that does not answer is given up."""


def channels_on() -> list[str]:
    """The channels whose connection is set up here, in a fixed order."""
    return [channel for channel in CHANNELS if _connection(channel) is not None]


def send(channel: str, message: Message) -> None:
    """Send a message through one channel.

    Args:
        channel: one of CHANNELS.
        message: what to tell.

    Raises:
        TryAgain: the channel is down or refused the message; nothing else is affected.
        WrongUsage: its connection lacks something.
    """
    connection = _connection(channel)
    if connection is None:
        raise WrongUsage(f"The channel {channel} is off: there is no connection {CHANNELS[channel]}.")
    notifier = _NOTIFIERS[channel](connection)
    try:
        # Texts come from outside: they are values of the context, so that no template in a file's name is rendered.
        notifier({"message": message, "slack": message.slack, "posted": json.dumps(message.document)})
    except Exception as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise TryAgain(f"{channel} ({CHANNELS[channel]}) did not take the message: {said}") from error


def _connection(channel: str) -> Any | None:
    try:
        return BaseHook.get_connection(CHANNELS[channel])
    except AirflowNotFoundException:
        return None


def _mail(connection: Any) -> BaseNotifier:
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    to = connection.extra_dejson.get("to")
    if not to or not connection.extra_dejson.get("from_email"):
        raise WrongUsage(f"Connection {connection.conn_id}: its extra needs `to` and `from_email`. Nothing was sent.")
    return SmtpNotifier(
        smtp_conn_id=connection.conn_id,
        to=to,
        subject="{{ message.subject }}",
        html_content="{{ message.html }}",
    )


def _slack(connection: Any) -> BaseNotifier:
    from airflow.providers.slack.notifications.slack_webhook import SlackWebhookNotifier

    return SlackWebhookNotifier(
        slack_webhook_conn_id=connection.conn_id, text="{{ slack }}", timeout=SLOWEST, unfurl_links=False
    )


def _webhook(connection: Any) -> BaseNotifier:
    from airflow.providers.http.notifications.http import HttpNotifier

    return HttpNotifier(
        http_conn_id=connection.conn_id,
        data="{{ posted }}",
        headers={"Content-Type": "application/json"},
        extra_options={"timeout": SLOWEST},
    )


_NOTIFIERS = {"mail": _mail, "slack": _slack, "webhook": _webhook}
