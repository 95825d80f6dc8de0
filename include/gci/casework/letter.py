"""The letter of queries to a state's focal point: its open cases, in its language, as HTML and as plain text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import yaml

from gci.casework.asked import items_asked
from gci.casework.cases import state_code, to_ask
from gci.casework.labels import answer_label, node_label, partner_title, question_text
from gci.casework.reading import rows_of
from gci.casework.status import is_synthetic
from gci.core import clock
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGES, RIGHT_TO_LEFT
from gci.reference.seeds import framework, member_states, state_languages

_TEXTS = Path(__file__).with_name("letter.yml")
_PAGE = Path(__file__).with_name("letter.html")
REPLY_TO = "GCI_REPLY_TO"
"""Setting: the address that letters ask to answer to."""
_LINKS = ("evidence_malformed", "evidence_placeholder", "evidence_duplicate")
_PLACES = 10  # of one problem
_SHOWN = 25  # problems of a refused file; the report beside it has them all


@dataclass(frozen=True)
class Query:
    """Cases as the letter puts them: what is wrong in the same way stands there once, with all its places.

    Attributes:
        cases: the rows of the table `cases`, the most urgent first.
        wrong: what is wrong or doubtful.
        points: per item concerned the question, and where it stands in the file; or the problems of a refused file.
        do: what to do.
    """

    cases: tuple[Mapping[str, Any], ...]
    wrong: str
    points: tuple[tuple[str, str], ...]
    do: str


@dataclass(frozen=True)
class Letter:
    """A letter of queries.

    Attributes:
        edition: the edition.
        iso3: the state.
        language: en, fr, es, ar, zh or ru.
        title: its heading.
        queries: what is asked, the most urgent first; empty when there is nothing to ask.
        last_day: until when returns of the state count; None where no day is set.
        written_on: the day, ISO 8601.
        synthetic: whether it is about invented returns; the letter then says so.
        reply_to: the address to answer to, from GCI_REPLY_TO; empty where none is set.
        encloses: whether a questionnaire with only the questions asked goes along (gci.casework.asked).
    """

    edition: str
    iso3: str
    language: str
    title: str
    queries: tuple[Query, ...]
    last_day: str | None
    written_on: str
    synthetic: bool = False
    reply_to: str = ""
    encloses: bool = False


def letter(edition: str, state: str, language: str | None, folders: DataFolders) -> Letter:
    """Write the letter to the focal point of a state about all that it has to act on and has not answered.

    Args:
        edition: the edition.
        state: ISO 3166 alpha-3.
        language: one of the six; when not given that of the state's return, or else its own.
        folders: where survey.duckdb lies; refreshed before.

    Returns:
        The letter.

    Raises:
        WrongUsage: there is no such edition, state or language.
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    iso3 = state_code(state)
    found = to_ask(edition, iso3, folders)
    status = next((row for row in rows_of("survey_status", edition, "iso3", folders) if row["iso3"] == iso3), {})
    chosen = language or status.get("language") or state_languages()[iso3]
    if chosen not in LANGUAGES:
        raise WrongUsage(f"There is no letter in {chosen!r}. Languages: {', '.join(LANGUAGES)}.")
    places = {(row["case_id"], row["item"]): row for row in rows_of("case_items", edition, "case_id, item", folders)}
    refused = {row["digest"]: row for row in rows_of("refused_files", edition, "received_at", folders)}
    return Letter(
        edition=edition,
        iso3=iso3,
        language=chosen,
        title=word("title", chosen, state=member_states()[iso3].names[chosen], edition=edition),
        queries=_together(_query(case, chosen, places, refused) for case in found),
        last_day=status.get("last_day"),
        written_on=clock.now().date().isoformat(),
        synthetic=is_synthetic(edition, folders),
        reply_to=os.environ.get(REPLY_TO, "").strip(),
        encloses=bool(items_asked(edition, found)),
    )


def _together(queries: Iterable[Query]) -> tuple[Query, ...]:
    """The queries with those that say the same made one, at the place of the first."""
    said: dict[tuple[str, str], list[Query]] = {}
    for query in queries:
        said.setdefault((query.wrong, query.do), []).append(query)
    return tuple(
        Query(
            tuple(case for one in same for case in one.cases),
            wrong,
            tuple(dict.fromkeys(point for one in same for point in one.points)),
            do,
        )
        for (wrong, do), same in said.items()
    )


def as_html(one: Letter) -> str:
    """The letter as a page that loads nothing; whatever came from a file is escaped and keeps its own direction."""
    language = one.language
    return Template(_PAGE.read_text("utf-8")).substitute(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        title=_bidi(one.title, language),
        date=_bidi(one.written_on, language),
        synthetic=f"<p><strong>{_bidi(word('synthetic', language), language)}</strong></p>" if one.synthetic else "",
        greeting=_bidi(word("greeting", language), language),
        opening=_bidi(word("opening", language), language),
        queries="\n".join(_section(number, query, language) for number, query in enumerate(one.queries, start=1)),
        last_day=_bidi(_last_day(one), language),
        closing=_bidi(_closing(one), language),
        reply_to=_bidi(_reply_to(one), language),
        sender=_bidi(word("sender", language), language),
    )


def as_text(one: Letter) -> str:
    """The letter as plain text, for the body of a message."""
    language = one.language
    lines = [one.written_on, "", one.title, ""]
    lines += [word("synthetic", language), ""] if one.synthetic else []
    lines += [word("greeting", language), "", word("opening", language)]
    for number, query in enumerate(one.queries, start=1):
        lines += ["", f"{number}. {query.wrong}"]
        lines += [f"   - {said}" + (f" ({place})" if place else "") for said, place in query.points]
        lines.append(f"   {word('do', language)} {query.do}")
    lines += ["", *filter(None, [_last_day(one), _closing(one), _reply_to(one)])]
    return "\n".join(isolated(line, language) for line in [*lines, "", word("sender", language), ""])


def word(name: str, language: str, **values: object) -> str:
    """A text of letter.yml that stands around the queries, in a language."""
    return _filled(_texts()["words"][name][language], language, values)


def plain(said: str) -> str:
    """Text from a file as one line that a terminal, a mail program or a page can be trusted with."""
    return "".join(sign if sign.isprintable() else " " for sign in said)


def _last_day(one: Letter) -> str:
    return word("last_day", one.language, day=one.last_day) if one.last_day else ""


def _closing(one: Letter) -> str:
    if all(case["kind"] == "draft" for query in one.queries for case in query.cases):
        return ""  # there is no answer to correct
    return word("closing_enclosed" if one.encloses else "closing", one.language)


def _reply_to(one: Letter) -> str:
    return word("reply_to", one.language, address=one.reply_to) if one.reply_to else ""


def _filled(text: str, language: str, values: Mapping[str, object]) -> str:
    """A text with its places filled.

    Values come from files and may hold anything: braces are not read as places, signs that nobody sees become blanks,
    and from right to left a value keeps its own direction.
    """
    shown = {name: plain("" if value is None else str(value)) for name, value in values.items()}
    if language in RIGHT_TO_LEFT:
        shown = {name: f"\u2068{value}\u2069" for name, value in shown.items()}
    return text.format(**shown)


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load(_TEXTS.read_text("utf-8"))
    return texts


def _query(
    case: Mapping[str, Any],
    language: str,
    places: Mapping[tuple[str, str], Mapping[str, Any]],
    refused: Mapping[str, Mapping[str, Any]],
) -> Query:
    texts = _texts()["kinds"][case["kind"]]
    values = {
        "said": case["said"],
        "held_against": case["held_against"],
        "label": _label(case, language),
        "partner": "",
        "now": case["said"],
        "before": "",
        "earlier": "",
    }
    if case["kind"] == "partner_contradiction":
        values["partner"] = partner_title(case["held_against"])
    if case["kind"] == "big_change":
        values["before"], values["earlier"] = case["held_against"].split(" ")
    if case["kind"] == "draft":
        values["said"] = case["asked_on"]
    points = [_point(case, item, language, places) for item in (case["items"] or "").split()]
    if case["kind"] == "draft" and case["held_against"]:
        points = [(word("draft_until", language, day=case["held_against"]), "")]
    if case["kind"] == "refused_file" and case["last_digest"] in refused:
        points = _problems(refused[case["last_digest"]], language)
    if case["kind"] in _LINKS and case["said"]:
        points = [(f"{asked} — {word('link', language, link=case['said'])}", place) for asked, place in points]
    return Query((case,), _filled(texts["wrong"][language], language, values), tuple(points), texts["do"][language])


def _label(case: Mapping[str, Any], language: str) -> str:
    """The pillar or indicator that a case is about, in the language."""
    nodes = framework(case["edition"])
    items = (case["items"] or "").split()
    code = case["subject"]
    if code not in nodes and items:
        code = nodes[items[0]].parent if nodes[items[0]].level == "question" else items[0]
    return node_label(nodes[code], language) if code in nodes else ""


def _point(
    case: Mapping[str, Any], item: str, language: str, places: Mapping[tuple[str, str], Mapping[str, Any]]
) -> tuple[str, str]:
    """The question, with the answer that was given, and where it stands in the return."""
    row = places.get((case["case_id"], item), {})
    asked = f"{item} {question_text(case['edition'], item, language)}"
    if row.get("answer") is not None:
        answer = answer_label(case["edition"], row["answer"], language)
        asked = f"{asked} — {word('answer', language, answer=answer)}"
    return asked, _place(row.get("file"), row.get("sheet"), row.get("row"), language)


def _problems(refused: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """The errors of a refused file: each once, with the places where it stands."""
    places: dict[str, list[str]] = {}
    for one in json.loads(refused["problems"]):
        if one["severity"] == "error":
            where = _place(refused["file"], one["sheet"], one["row"], language)
            places.setdefault(plain(one["message"]), []).append(where)
    return [(said, _places(found)) for said, found in list(places.items())[:_SHOWN]]


def _places(found: list[str]) -> str:
    """The first places of a problem, and that there are more."""
    named = list(dict.fromkeys(place for place in found if place))
    return "; ".join(named[:_PLACES]) + ("; …" if len(named) > _PLACES else "")


def _place(file: str | None, sheet: str | None, row: int | None, language: str) -> str:
    # In the other formats there are no rows that their sender has ever seen.
    if file is None or row is None or not file.lower().endswith((".csv", ".xlsx")):
        return ""
    return word("place_sheet" if sheet else "place_row", language, file=file, sheet=sheet, row=row)


def _section(number: int, query: Query, language: str) -> str:
    points = "".join(f"<li>{_bidi(said, language)}{_beside(place, language)}</li>" for said, place in query.points)
    return (
        f"<section><h2>{number}. {_bidi(query.wrong, language)}</h2>"
        + (f"<ul>{points}</ul>" if points else "")
        + f'<p class="do"><strong>{escape(word("do", language))}</strong> {_bidi(query.do, language)}</p></section>'
    )


def _beside(place: str, language: str) -> str:
    return f' <span class="place">({_bidi(place, language)})</span>' if place else ""


def _bidi(text: str, language: str) -> str:
    """Text as a page can show it: escaped, what runs from left to right kept in one piece."""
    return escape(isolated(text, language))
