"""The letter of queries to a state's focal point: its open cases, in its language, as HTML and as plain text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gci.casework.asked import items_asked
from gci.casework.cases import state_code, to_ask
from gci.casework.labels import answer_label, node_label, partner_title, question_text
from gci.casework.reading import rows_of
from gci.casework.status import is_synthetic
from gci.casework.wordings import WORDINGS
from gci.casework.writer import Writer, pages, plain
from gci.core import clock
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import framework, member_states, state_languages

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
        title=Writer(chosen).gettext(
            "Queries on the return of {state} to the Global Cybersecurity Index {edition}",
            state=member_states()[iso3].names[chosen],
            edition=edition,
        ),
        queries=_together(_of_files([_query(case, chosen, places, refused) for case in found])),
        last_day=status.get("last_day"),
        written_on=clock.now().date().isoformat(),
        synthetic=is_synthetic(edition, folders),
        reply_to=os.environ.get(REPLY_TO, "").strip(),
        encloses=bool(items_asked(edition, found)),
    )


def _of_files(queries: Sequence[Query]) -> Iterator[Query]:
    """The queries; the double answers of a file that was refused are asked with the refusal, which names them too."""
    refused = {case["said"]: one for one in queries for case in one.cases if case["kind"] == "refused_file"}
    for one in queries:
        (case,) = one.cases
        whole = refused.get(case["said"]) if case["kind"] == "answer_in_two_ways" else None
        yield one if whole is None else Query(one.cases, whole.wrong, (), whole.do)


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
    about = {"one": one, "title": one.title, "opening": _opening(one.language), "closing": _closing(one)}
    return pages(one.language).get_template("letter.html.jinja").render(about | every_page(one.language))


def as_text(one: Letter) -> str:
    """The letter as plain text, for the body of a message."""
    language, say = one.language, Writer(one.language)
    around = every_page(language)
    lines = [one.written_on, "", one.title, ""]
    lines += [around["synthetic"], ""] if one.synthetic else []
    lines += [around["greeting"], "", _opening(language)]
    to_do = say.gettext("What to do:")
    for number, query in enumerate(one.queries, start=1):
        lines += ["", f"{number}. {query.wrong}"]
        lines += [f"   - {said}" + (f" ({place})" if place else "") for said, place in query.points]
        lines.append(f"   {to_do} {query.do}")
    *closing, sender = _closing(one)
    lines += ["", *filter(None, closing), "", sender, ""]
    return "\n".join(isolated(line, language) for line in lines)


def every_page(language: str) -> dict[str, str]:
    """What every letter and every draft says in a language."""
    say = Writer(language)
    return {
        "synthetic": say.gettext(
            "SYNTHETIC: this letter is about invented answers, made for a rehearsal. Do not send it."
        ),
        "greeting": say.gettext("Dear focal point,"),
        "sender": say.gettext("GCI team"),
    }


def reply_to(address: str, language: str) -> str:
    """Where to answer to; nothing where no address is set."""
    return Writer(language).gettext("Please reply to {address}.", address=address) if address else ""


def _opening(language: str) -> str:
    return Writer(language).gettext(
        "While reading the return of your administration we met the points below. Please look at each of them; what "
        "has to be done is said there."
    )


def _closing(one: Letter) -> tuple[str, ...]:
    """What stands below the queries, line by line; the sender is the last."""
    say = Writer(one.language)
    enclosed = say.gettext(
        "Please correct or complete these answers in the enclosed questionnaire, which has only the questions asked "
        "about, and send it back: everything that is not in it stands as you sent it. An answer that you do not know "
        "stays as it is."
    )
    whole = say.gettext(
        "Please correct these answers in the questionnaire that you sent, leave the others as they are, and send the "
        "whole of it again: a newer return takes the place of the older one. An answer that you do not know stays "
        "empty."
    )
    of_drafts = all(case["kind"] == "draft" for query in one.queries for case in query.cases)
    return (
        say.gettext("Returns count until {day} (UTC).", day=one.last_day) if one.last_day else "",
        "" if of_drafts else enclosed if one.encloses else whole,  # of a draft there is no answer to correct
        reply_to(one.reply_to, one.language),
        every_page(one.language)["sender"],
    )


def _query(
    case: Mapping[str, Any],
    language: str,
    places: Mapping[tuple[str, str], Mapping[str, Any]],
    refused: Mapping[str, Mapping[str, Any]],
) -> Query:
    wording, say = WORDINGS[case["kind"]], Writer(language)
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
        points = [(say.gettext("Comments count until {day} (UTC).", day=case["held_against"]), "")]
    if case["kind"] == "refused_file" and case["last_digest"] in refused:
        points = _problems(refused[case["last_digest"]], language)
    if case["kind"] in _LINKS and case["said"]:
        link = say.gettext("link: {link}", link=case["said"])
        points = [(f"{asked} — {link}", place) for asked, place in points]
    return Query((case,), say.gettext(wording.wrong, **values), tuple(points), say.gettext(wording.do))


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
        told = Writer(language).gettext("answer: {answer}", answer=answer)
        asked = f"{asked} — {told}"
    return asked, _place(row.get("file"), row.get("sheet"), row.get("row"), language)


def _problems(refused: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """The errors of a refused file: each once, with the places where it stands."""
    places: dict[str, list[str]] = {}
    for one in json.loads(refused["problems"]):
        if one["severity"] == "error":
            where = _place(refused["file"], one["sheet"], one["row"], language)
            # The message is in the language of the report to the sender, which a letter need not be in.
            message = one.get("english") if language == "en" else None
            places.setdefault(plain(message or one["message"]), []).append(where)
    return [(said, _places(found)) for said, found in list(places.items())[:_SHOWN]]


def _places(found: list[str]) -> str:
    """The first places of a problem, and that there are more."""
    named = list(dict.fromkeys(place for place in found if place))
    return "; ".join(named[:_PLACES]) + ("; …" if len(named) > _PLACES else "")


def _place(file: str | None, sheet: str | None, row: int | None, language: str) -> str:
    # In the other formats there are no rows that their sender has ever seen.
    if file is None or row is None or not file.lower().endswith((".csv", ".xlsx")):
        return ""
    say = Writer(language)
    if sheet:
        return say.gettext("{file}, sheet “{sheet}”, row {row}", file=file, sheet=sheet, row=row)
    return say.gettext("{file}, row {row}", file=file, row=row)
