"""The draft of a state's scores, for its focal point: in its language, with why each answer counts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gci.casework.labels import answer_label, node_label, question_text
from gci.casework.letter import REPLY_TO, Query, every_page, reply_to
from gci.casework.writer import Writer, pages, plain
from gci.core import clock
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGES, PILLARS
from gci.reference.round_dates import round_dates
from gci.reference.seeds import answer_values, framework, member_states, state_languages
from gci.storage.drafts import Comment
from gci.storage.landed_rows import read_rows
from gci.storage.landing import rows_file
from gci.texts import marked

_WHY = {
    "returned": marked("from your return"),
    "desk": marked("found by desk research"),
    "published": marked("taken over from what was published"),
    "none": marked("nothing was answered"),
    "reviewed": marked("set by the review"),
}
"""By where an answer comes from."""


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
    say = Writer(chosen)
    named = [(say.gettext("Overall, of 100"), overall[0]["score"])]
    named += [(say.gettext("{pillar}, of 20", pillar=by_pillar[one]), pillars.get(one)) for one in PILLARS]
    sent = _as_sent(answers, folders)
    last = round_dates(edition, folders).get("comments_to")
    return Draft(
        edition=edition,
        iso3=iso3,
        language=chosen,
        scores=tuple((name, say.gettext("no value") if score is None else f"{score:.2f}") for name, score in named),
        lines=tuple(_line(row, sent, chosen) for row in sorted(answers, key=lambda one: order[one["item"]])),
        queries=(),
        said=tuple(_spoken(edition, iso3, chosen, said)),
        until=last.isoformat() if last else None,
        written_on=clock.now().date().isoformat(),
        synthetic=bool(invented and invented[0]["synthetic"]),
    )


def _spoken(edition: str, iso3: str, language: str, told: Sequence[Comment]) -> Iterable[tuple[str, str]]:
    """The comments of a state on its drafts, and what it was told."""
    say = Writer(language)
    for one in told:
        if (one.edition, one.iso3) == (edition, iso3):
            said = say.gettext("You wrote on {day}: {text}", day=one.came_at[:10], text=one.text)
            day = (one.answered_at or "")[:10]
            answer = say.gettext("We answered on {day}: {text}", day=day, text=one.answer)
            yield said, answer if day else say.gettext("Our answer is still to come.")


def _line(row: Mapping[str, Any], sent: Mapping[tuple[str, str], str], language: str) -> Line:
    edition, item = row["edition"], row["item"]
    say = Writer(language)
    answer = say.gettext("no answer") if row["answer"] is None else answer_label(edition, row["answer"], language)
    source = _WHY[row["source"]]
    why = [say.gettext(source)]
    before = sent.get((row["return_digest"], item)) if row["source"] == "reviewed" else None
    if before is not None:
        why.append(say.gettext("your answer was: {answer}", answer=_in_words(edition, before, language)))
    if row["review_reason"]:
        why.append(say.gettext("reason: {reason}", reason=row["review_reason"]))
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
    about = {"one": one, "title": _title(one), "opening": _opening(one.language), "closing": _closing(one)}
    return pages(one.language).get_template("draft.html.jinja").render(about | every_page(one.language))


def as_text(one: Draft) -> str:
    """The letter that a draft goes with, as plain text for the body of a message: what it is, and how to answer it."""
    language = one.language
    around = every_page(language)
    lines = [one.written_on, "", _title(one), ""]
    lines += [around["synthetic"], ""] if one.synthetic else []
    *closing, sender = _closing(one)
    lines += [around["greeting"], "", _enclosed(language), "", *filter(None, closing), "", sender, ""]
    return "\n".join(isolated(line, language) for line in lines)


def _title(one: Draft) -> str:
    return Writer(one.language).gettext(
        "Draft scores of {state} in the Global Cybersecurity Index {edition}",
        state=member_states()[one.iso3].names[one.language],
        edition=one.edition,
    )


def _opening(language: str) -> str:
    return Writer(language).gettext(
        "Below is what stands to be published of your administration: its scores, each answer that counts, and why "
        "it counts. Nothing of it is published yet; please do not pass it on."
    )


def _enclosed(language: str) -> str:
    """The same for the letter that goes with it."""
    return Writer(language).gettext(
        "The enclosed draft shows what stands to be published of your administration: its scores, each answer that "
        "counts, and why it counts. Nothing of it is published yet; please do not pass it on."
    )


def _closing(one: Draft) -> tuple[str, ...]:
    """What stands below the answers, line by line; the sender is the last."""
    return (
        _until(one),
        Writer(one.language).gettext("If we hear nothing from you, we record that you did not comment."),
        reply_to(plain(os.environ.get(REPLY_TO, "").strip()), one.language),
        every_page(one.language)["sender"],
    )


def _until(one: Draft) -> str:
    say = Writer(one.language)
    if one.until:
        return say.gettext(
            "You may answer until {day} (UTC): with a corrected questionnaire, which takes the place of the one you "
            "sent, or with a comment.",
            day=one.until,
        )
    return say.gettext(
        "You may answer with a corrected questionnaire, which takes the place of the one you sent, or with a comment."
    )
