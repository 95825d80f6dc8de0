"""A digest as people read it: subject, text, HTML, Slack; nothing to load, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from gci.notifications.notice import Digest, Notice

TEMPLATE = Path(__file__).with_name("digest.html")
SHOWN = 50
"""Notices shown in a section; the webhook's document has all of them."""

SLACK_LONGEST = 35_000
"""Characters of one message; Slack takes 40,000 (its documentation of chat.postMessage)."""


@dataclass(frozen=True)
class Message:
    """What goes out to a channel.

    Attributes:
        subject: one line.
        text: plain text.
        html: one page.
        document: the same as plain JSON values.
    """

    subject: str
    text: str
    html: str
    document: dict[str, Any]

    @property
    def slack(self) -> str:
        """The text as Slack reads it: its three control characters escaped."""
        escaped = self.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if len(escaped) <= SLACK_LONGEST:
            return escaped
        return escaped[:SLACK_LONGEST].rpartition("\n")[0] + "\n… the rest is in the other channels and in Airflow."


def message(digest: Digest) -> Message:
    """The digest in all its forms. The same digest gives the same message."""
    subject = f"GCI: {_count(digest)}"
    sections = [
        ("What blocks the release", digest.blocks, "Nothing."),
        ("What is new since the last digest", digest.new, "Nothing."),
        ("What is known", digest.known, "Nothing."),
    ]
    return Message(
        subject=subject,
        text="\n".join([subject, *(line for section in sections for line in _section_as_text(*section))]) + "\n",
        html=Template(TEMPLATE.read_text("utf-8")).substitute(
            subject=escape(subject), sections="\n".join(_section_as_html(*section) for section in sections)
        ),
        document={"subject": subject, **digest.as_dict()},
    )


def plain(subject: str, text: str, owner: str) -> Message:
    """A message about one thing, e.g. a deadline that has passed."""
    html = Template(TEMPLATE.read_text("utf-8")).substitute(
        subject=escape(subject), sections=f"<p>{escape(text)}</p>\n<p>{escape(owner)}</p>"
    )
    told = f"{subject}\n\n[{owner}] {text}\n"
    return Message(subject, told, html, {"subject": subject, "text": text, "owner": owner})


def _count(digest: Digest) -> str:
    blocks = f"{len(digest.blocks)} block the release" if len(digest.blocks) != 1 else "1 blocks the release"
    return f"{blocks if digest.blocks else 'nothing blocks'}, {len(digest.new)} new, {len(digest.known)} known"


def _shown(notices: Iterable[Notice]) -> tuple[list[Notice], int]:
    listed = list(notices)
    return listed[:SHOWN], len(listed) - SHOWN


def _section_as_text(title: str, notices: tuple[Notice, ...], nothing: str) -> Iterator[str]:
    yield from ("", title.upper())
    shown, more = _shown(notices)
    for notice in shown:
        yield f"* [{notice.owner}] {_line(notice.what)}"
        yield from (f"    - {_line(detail)}" for detail in notice.details)
        if notice.where:
            yield f"    see: {_line(notice.where)}"
        if notice.do:
            yield f"    do: {notice.do}"
    if more > 0:
        yield f"* and {more} more"
    if not shown:
        yield nothing


def _section_as_html(title: str, notices: tuple[Notice, ...], nothing: str) -> str:
    shown, more = _shown(notices)
    rows = "\n".join(_row(notice) for notice in shown)
    if more > 0:
        rows += f"\n<tr><td></td><td>and {more} more</td></tr>"
    body = f"<table>\n{rows}\n</table>" if shown else f"<p>{escape(nothing)}</p>"
    return f"<h2>{escape(title)}</h2>\n{body}"


def _row(notice: Notice) -> str:
    details = "".join(f"<li><bdi>{escape(detail)}</bdi></li>" for detail in notice.details)
    parts = [
        f"<bdi>{escape(notice.what)}</bdi>",
        f"<ul>{details}</ul>" if details else "",
        f"<div><code>{escape(notice.where)}</code></div>" if notice.where else "",
        f"<div>{escape(notice.do)}</div>" if notice.do else "",
    ]
    return f'<tr><td class="owner">{escape(notice.owner)}</td><td>{"".join(parts)}</td></tr>'


def _line(text: str) -> str:
    """Text from outside in one line, without characters that a terminal or a header would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
