"""The draft of a state's scores, for its focal point: in its language, with why each answer counts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from gci.casework.labels import answer_label, node_label, question_text
from gci.casework.letter import REPLY_TO, Query, plain, word
from gci.casework.letter import _bidi as bidi
from gci.casework.letter import _filled as filled
from gci.casework.letter import _section as section
from gci.core import clock
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGES, PILLARS, RIGHT_TO_LEFT
from gci.reference.round_dates import round_dates
from gci.reference.seeds import answer_values, framework, member_states, state_languages
from gci.storage.drafts import Comment
from gci.storage.landed_rows import read_rows
from gci.storage.landing import rows_file

_TEXTS = Path(__file__).with_name("draft.yml")
_PAGE = Path(__file__).with_name("letter.html")


@dataclass(frozen=True)
class Line:
    """One answer as it counts.

    Attributes:
        item: its code.
        asked: the question, in the language.
        answer: what counts, in words.
        why: why it counts: where it comes from, what a review changed and for which reason.
    """

    item: str
    asked: str
    answer: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """The draft of a state's scores.

    Attributes:
        edition: the edition.
        iso3: the state.
        language: en, fr, es, ar, zh or ru.
        scores: name and figure, the overall score first.
        lines: its answers, in the order of the framework.
        queries: what it is asked about, as in its letter of queries.
        said: what it commented on drafts before, each with what the index team answered.
        until: the last day for comments; None where none is decided.
        written_on: the day, ISO 8601.
        synthetic: whether it rests on invented returns.
    """

    edition: str
    iso3: str
    language: str
    scores: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    queries: tuple[Query, ...]
    said: tuple[tuple[str, str], ...]
    until: str | None
    written_on: str
    synthetic: bool


def draft(
    candidate: Candidate, iso3: str, language: str | None, folders: DataFolders, said: Sequence[Comment] = ()
) -> Draft:
    """Write the draft for a state.

    Args:
        candidate: what stands to be published; its file is built.
        iso3: the state.
        language: one of the six; when not given the state's own.
        folders: where the returns have landed.
        said: comments of states on drafts; those of this one stand in it.

    Raises:
        WrongUsage: there is no such language, or the state is not in the edition.
        Damaged: a return that counts cannot be read.
    """
    edition = candidate.edition
    chosen = language or state_languages().get(iso3, "en")
    if chosen not in LANGUAGES:
        raise WrongUsage(f"There is no draft in {chosen!r}. Languages: {', '.join(LANGUAGES)}.")
    of_state = f"where edition = {quoted(edition)} and iso3 = {quoted(iso3)}"
    with reading(candidate.database) as connection:
        overall = rows(connection, f"select score from overall_scores {of_state}")
        pillars = {one["pillar"]: one["score"] for one in rows(connection, f"from pillar_scores {of_state}")}
        answers = rows(connection, f"from answers {of_state}")
        invented = rows(connection, f"select synthetic from index_overview {of_state}")
    if not overall:
        raise WrongUsage(f"{iso3} is not in {edition}.")
    nodes = framework(edition)
    order = {node: place for place, node in enumerate(nodes)}
    by_pillar = {node.pillar: node_label(node, chosen) for node in nodes.values() if node.level == "pillar"}
    named = [(_word("overall", chosen), overall[0]["score"])]
    named += [(_word("of_20", chosen, pillar=by_pillar[one]), pillars.get(one)) for one in PILLARS]
    sent = _as_sent(answers, folders)
    last = round_dates(edition, folders).get("comments_to")
    return Draft(
        edition=edition,
        iso3=iso3,
        language=chosen,
        scores=tuple((name, _word("no_value", chosen) if score is None else f"{score:.2f}") for name, score in named),
        lines=tuple(_line(row, sent, chosen) for row in sorted(answers, key=lambda one: order[one["item"]])),
        queries=(),
        said=tuple(_spoken(edition, iso3, chosen, said)),
        until=last.isoformat() if last else None,
        written_on=clock.now().date().isoformat(),
        synthetic=bool(invented and invented[0]["synthetic"]),
    )


def _spoken(edition: str, iso3: str, language: str, told: Sequence[Comment]) -> Iterable[tuple[str, str]]:
    """The comments of a state on its drafts, and what it was told."""
    for one in told:
        if (one.edition, one.iso3) == (edition, iso3):
            said = _word("commented", language, day=one.came_at[:10], text=one.text)
            day = (one.answered_at or "")[:10]
            answer = _word("answered", language, day=day, text=one.answer) if day else _word("unanswered", language)
            yield said, answer


def _line(row: Mapping[str, Any], sent: Mapping[tuple[str, str], str], language: str) -> Line:
    edition, item = row["edition"], row["item"]
    answer = _word("no_answer", language) if row["answer"] is None else answer_label(edition, row["answer"], language)
    why = [_word(row["source"], language)]
    before = sent.get((row["return_digest"], item)) if row["source"] == "reviewed" else None
    if before is not None:
        why.append(_word("was", language, answer=_in_words(edition, before, language)))
    if row["review_reason"]:
        why.append(_word("because", language, reason=row["review_reason"]))
    return Line(item, question_text(edition, item, language), answer, tuple(why))


def _in_words(edition: str, text: str, language: str) -> str:
    """An answer as it was sent, in the words of the questionnaire where it is one of its answers."""
    value = answer_values(edition).get(text.strip().casefold())
    return text if value is None else answer_label(edition, value, language)


def _as_sent(answers: list[dict[str, Any]], folders: DataFolders) -> dict[tuple[str, str], str]:
    """By return and item the answers that a state sent, of those returns in which a review set another answer."""
    found: dict[tuple[str, str], str] = {}
    for digest in sorted({row["return_digest"] for row in answers if row["source"] == "reviewed"} - {None}):
        file = rows_file("survey", digest, folders)
        if file.is_file():
            for row in read_rows(file).select(["item", "answer"]).to_pylist():
                found[digest, row["item"]] = row["answer"] or ""
    return {place: text for place, text in found.items() if text}


def as_html(one: Draft) -> str:
    """The draft as a page that loads nothing; whatever came from a file is escaped and keeps its own direction."""
    language = one.language
    scores = "".join(f"<li>{bidi(f'{name}: {figure}', language)}</li>" for name, figure in one.scores)
    answers = "".join(
        f"<li>{bidi(f'{line.item} {line.asked}', language)} — <strong>{bidi(line.answer, language)}</strong> "
        f'<span class="place">({bidi("; ".join(line.why), language)})</span></li>'
        for line in one.lines
    )
    parts = [
        f"<section><h2>{bidi(_word('scores', language), language)}</h2><ul>{scores}</ul></section>",
        f"<section><h2>{bidi(_word('answers', language), language)}</h2><ul>{answers}</ul></section>",
    ]
    if one.said:
        spoken = "".join(f"<li>{bidi(said, language)}<br>{bidi(told, language)}</li>" for said, told in one.said)
        parts.append(f"<section><h2>{bidi(_word('comments', language), language)}</h2><ul>{spoken}</ul></section>")
    if one.queries:
        asked = "\n".join(section(number, query, language) for number, query in enumerate(one.queries, start=1))
        parts.append(f"<h2>{bidi(_word('queries', language), language)}</h2>{asked}")
    return Template(_PAGE.read_text("utf-8")).substitute(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        title=bidi(_title(one), language),
        date=bidi(one.written_on, language),
        synthetic=f"<p><strong>{bidi(word('synthetic', language), language)}</strong></p>" if one.synthetic else "",
        greeting=bidi(word("greeting", language), language),
        opening=bidi(_word("opening", language), language),
        queries="\n".join(parts),
        last_day=bidi(_until(one), language),
        closing=bidi(_word("silence", language), language),
        reply_to=bidi(_reply_to(language), language),
        sender=bidi(word("sender", language), language),
    )


def as_text(one: Draft) -> str:
    """The letter that a draft goes with, as plain text for the body of a message: what it is, and how to answer it."""
    language = one.language
    lines = [one.written_on, "", _title(one), ""]
    lines += [word("synthetic", language), ""] if one.synthetic else []
    lines += [word("greeting", language), "", _word("opening", language), "", _until(one), _word("silence", language)]
    lines += [*filter(None, [_reply_to(language)]), "", word("sender", language), ""]
    return "\n".join(isolated(line, language) for line in lines)


def _title(one: Draft) -> str:
    return _word("title", one.language, state=member_states()[one.iso3].names[one.language], edition=one.edition)


def _until(one: Draft) -> str:
    return _word("until", one.language, day=one.until) if one.until else _word("answer", one.language)


def _reply_to(language: str) -> str:
    address = plain(os.environ.get(REPLY_TO, "").strip())
    return word("reply_to", language, address=address) if address else ""


def _word(name: str, language: str, **values: object) -> str:
    return filled(_texts()[name][language], language, values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = yaml.safe_load(_TEXTS.read_text("utf-8"))
    return texts
