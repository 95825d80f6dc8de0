"""A digest as people read it: subject, text, HTML, Slack; nothing to load, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from gci.notifications.notice import Digest, Notice
from gci.texts import translator
from gci.texts.templates import environment

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
        _Section("What blocks the release", digest.blocks),
        _Section("What is new since the last digest", digest.new),
        _Section("What is known", digest.known),
    ]
    return Message(
        subject=subject,
        text="\n".join([subject, *(line for section in sections for line in _section_as_text(section))]) + "\n",
        html=_page(subject, sections=sections),
        document={"subject": subject, **digest.as_dict()},
    )


def plain(subject: str, text: str, owner: str) -> Message:
    """A message about one thing, e.g. a deadline that has passed."""
    told = f"{subject}\n\n[{owner}] {text}\n"
    return Message(
        subject, told, _page(subject, lines=(text, owner)), {"subject": subject, "text": text, "owner": owner}
    )


def _count(digest: Digest) -> str:
    blocks = f"{len(digest.blocks)} block the release" if len(digest.blocks) != 1 else "1 blocks the release"
    return f"{blocks if digest.blocks else 'nothing blocks'}, {len(digest.new)} new, {len(digest.known)} known"


class _Section(NamedTuple):
    title: str
    notices: tuple[Notice, ...]


def _page(subject: str, sections: Iterable[_Section] = (), lines: Iterable[str] = ()) -> str:
    made = environment("gci.notifications", translator("en")).get_template("digest.html.jinja")
    return made.render(subject=subject, sections=sections, lines=lines, shown=SHOWN)


def _section_as_text(section: _Section) -> Iterator[str]:
    yield from ("", section.title.upper())
    more = len(section.notices) - SHOWN
    for notice in section.notices[:SHOWN]:
        yield f"* [{notice.owner}] {_line(notice.what)}"
        yield from (f"    - {_line(detail)}" for detail in notice.details)
        if notice.where:
            yield f"    see: {_line(notice.where)}"
        if notice.do:
            yield f"    do: {notice.do}"
    if more > 0:
        yield f"* and {more} more"
    if not section.notices:
        yield "Nothing."


def _line(text: str) -> str:
    """Text from outside in one line, without characters that a terminal or a header would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
