"""The rules on a file of decisions: one edition, one decision a row, each approved by another than its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from gci.core.people import is_a_name, same_person
from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import Report, quoted
from gci.readers import Columns, Form, Row
from gci.reference import seeds
from gci.reference.decided import decided_seeds
from gci.reference.decisions import (
    ALWAYS,
    COLUMNS,
    FIELDS,
    HEADER,
    KINDS,
    NAMES,
    OF_A_STATE,
    ROUND_DATES,
    Decision,
    Kind,
    contradictions,
    once,
)
from gci.reference.release_hour import NoSuchHour, as_hour
from gci.reference.seed_files import rows_of, seed_file
from gci.reference.validation_context import ValidationContext
from gci.storage.content import Column, Content
from gci.survey.keys import SHAPES, editions, numbers, refuse_strangers, states
from gci.survey.returns import at_most
from gci.survey.round_order import out_of_order
from gci.survey.texts import LONGEST_TEXT, text_of

LAYOUTS = (Columns(HEADER, form=Form(texts="reason|evidence", shapes=SHAPES[:1])),)
MOST_ROWS = 10_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DIGEST = re.compile(r"[0-9a-f]{12,64}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAYS = ("day", "decided_on")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_AHEAD = ("collection_to", "published_on", *ROUND_DATES)
"""Dates that people act on: none of them is decided when it is over."""


def check_decisions(
    rows: Iterable[Row],
    book: ValidationContext,
    report: Report,
    folder: str | None,
    received_at: datetime,
    digest: str,
) -> Content:
    """What a file of decisions says.

    Args:
        rows: its rows.
        book: what it is held against: among others the decisions that had landed before it.
        report: gets what is wrong.
        folder: the edition of the inbox folder that it lies in, None outside an inbox.
        received_at: when it was collected.
        digest: SHA-256 of its bytes.

    Returns:
        The columns of the landing table, a row for each decision that can be read.
    """
    listed = at_most(rows, MOST_ROWS, report)
    edition = editions(listed, book, report, folder).only
    about = states([row for row in listed if row.cells["iso3"]], book, report)
    if edition is not None:
        joining = {row.number for row in listed if row.cells["kind"] == "membership"}
        others = {iso3: [row for row in having if row.number not in joining] for iso3, having in about.rows.items()}
        staying = {iso3: having for iso3, having in others.items() if having}
        refuse_strangers(replace(about, rows=staying), book.editions[edition], book, report)
    before = tuple(one for one in book.decisions if one.digest != digest and _came_before(one, received_at))
    read: list[tuple[Row, Decision]] = []
    for row in listed:
        kind = _kind(row, report)
        said = _cells(row, report) | {"iso3": about.by_text.get(row.cells["iso3"]) or ""}
        if kind is None or edition is None:
            continue
        decision = Decision(**said | {"edition": edition, "digest": digest})
        _hold_to_its_kind(row, decision, kind, report)
        _hold_name(row, decision, book, report)
        _hold_people_and_days(row, decision, received_at, report)
        read.append((row, decision))
    _hold_together(read, before, report)
    if edition is not None:
        _hold_order(read, before, edition, report)
    columns: dict[str, Column] = {name: [] for name in (*HEADER[1:], "row")}
    for row, decision in read:
        for name in HEADER[1:]:
            columns[name].append(getattr(decision, name) or None)
        columns["row"].append(str(row.number))
    return Content(edition, about.only, None, None, len(read), len(listed), columns=columns)


def _came_before(one: Decision, received_at: datetime) -> bool:
    return datetime.fromisoformat(one.received_at) < received_at


def _kind(row: Row, report: Report) -> Kind | None:
    text = row.cells["kind"]
    if text and text not in KINDS:
        report.add("decision_value_unknown", row.at("kind"), found=quoted(text), known=", ".join(KINDS))
    return KINDS.get(text)


def _cells(row: Row, report: Report) -> dict[str, str]:
    """The texts of a row, but for edition and state; what must not be empty and is, is reported."""
    said = {}
    for name in HEADER[1:]:
        text = text_of(row, name, report, None) or ""
        says_nothing = not is_a_name(text)  # a dash is nobody, and no reason
        if says_nothing and name in ALWAYS and len(row.cells[name]) <= LONGEST_TEXT:
            report.add("cell_empty", row.at(name), found=quoted(name), rows=numbers([row]))
        if text and name in _DAYS and not _is_day(text):
            report.add("date_not_iso", row.at(name), found=quoted(text))
            text = ""
        said[name] = text
    if said["id"] and not _ID.fullmatch(said["id"]):
        report.add("decision_id_malformed", row.at("id"), found=quoted(said["id"]))
    return said


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and _FIRST_YEAR <= day.year < _LAST_YEAR


def _hold_to_its_kind(row: Row, one: Decision, kind: Kind, report: Report) -> None:
    needed, allowed = _columns(one, kind)
    for name in COLUMNS[3:]:
        if name in needed and not row.cells[name]:
            report.add("decision_incomplete", row.at(name), kind=kind.name, found=quoted(name))
        elif row.cells[name] and name not in allowed:
            report.add("decision_surplus", row.at(name), kind=kind.name, found=quoted(name))
    if "answers" in needed and not one.answers:
        report.add("decision_incomplete", row.at("answers"), kind=kind.name, found=quoted("answers"))
    for name in kind.numbers:
        if getattr(one, name) and not _NUMBER.fullmatch(getattr(one, name)):
            report.add("decision_not_a_number", row.at(name), found=quoted(getattr(one, name)))
    if one.kind == "change_after_review" and one.subject and not _DIGEST.fullmatch(one.subject):
        report.add("decision_no_digest", row.at("subject"), found=quoted(one.subject))
    for name, text, known in _choices(one, kind):
        if text and known and text not in known:
            report.add("decision_value_unknown", row.at(name), found=quoted(text), known=", ".join(known))


def _columns(one: Decision, kind: Kind) -> tuple[set[str], set[str]]:
    """The columns that the decision must fill, and those that it may."""
    needed, allowed = set(kind.needs), {*kind.needs, *kind.may}
    if one.kind == "override" and one.subject in OF_A_STATE:
        needed |= {"iso3"}
    elif one.kind == "override":
        allowed.discard("iso3")
    elif one.kind == "group_class" and not one.was:
        needed |= {"value"}
    return needed, allowed


def _choices(one: Decision, kind: Kind) -> list[tuple[str, str, tuple[str, ...]]]:
    """Column, text and the texts that it may have."""
    values, subjects = kind.values, kind.subjects
    found = []
    if one.kind == "override" and one.subject in FIELDS:
        values = FIELDS[one.subject][2]
    if one.kind == "reviewed_drop":
        subjects = tuple(name for name in seeds.editions() if name < one.edition)
    if one.kind == "group_class":
        values = seeds.groups_of(one.subject)
        found.append(("was", one.was, values))
    return [*found, ("subject", one.subject, subjects), ("value", one.value, values)]


def _hold_name(row: Row, one: Decision, book: ValidationContext, report: Report) -> None:
    if one.kind == "override" and one.subject in NAMES and one.iso3:
        named = book.names.resolve(one.value)
        if named not in (None, one.iso3):
            report.add("decision_name_taken", row.at("value"), found=quoted(one.value), other=named)


def _hold_people_and_days(row: Row, one: Decision, received_at: datetime, report: Report) -> None:
    if one.author and one.approver and same_person([one.approver], [one.author]):
        report.add("approver_is_author", row.at("approver"), found=quoted(one.approver), author=quoted(one.author))
    # Wherever the index team sits, its day begins at most 14 hours before that of UTC.
    if one.decided_on and one.decided_on > (received_at + timedelta(hours=14)).date().isoformat():
        report.add("decision_in_future", row.at("decided_on"), found=quoted(one.decided_on))
    ahead = one.kind == "release_hour" or (one.kind == "calendar_date" and one.subject in _AHEAD)
    if ahead and "" < one.day < one.decided_on:
        report.add("date_is_over", row.at("day"), found=quoted(one.day), decided_on=one.decided_on)
    if one.kind == "release_hour" and one.day and one.value:
        try:
            as_hour(one)
        except NoSuchHour as error:
            why = Phrase(error.text, tuple(error.values.items()))
            report.add("hour_not_readable", row.at("value"), found=quoted(one.value), day=one.day, why=why)


def _hold_together(read: list[tuple[Row, Decision]], before: tuple[Decision, ...], report: Report) -> None:
    """What the decisions of a file say beside each other and beside those that have landed."""
    known = {one.id: one for one in once(before)}
    registered = seeds.known_error_ids()
    own: dict[str, tuple[Row, Decision]] = {}
    for row, one in read:
        if one.id in own or (one.id in known and known[one.id].said != one.said):
            report.add("decision_id_taken", row.at("id"), found=quoted(one.id))
        elif one.id in known:
            report.add("decision_known", row.at("id"), found=quoted(one.id))
        own.setdefault(one.id, (row, one))
        answered = known | {other.id: other for _, other in read if other is not one}
        if one.answers and one.answers not in registered and not _may_answer(one, answered):
            report.add("decision_answers_nothing", row.at("answers"), found=quoted(one.answers))
        by = next((other for other in known.values() if other.answers and other.answers == one.answers), one)
        if by.id != one.id and one.answers not in registered:
            found, other = quoted(one.answers), quoted(by.id)
            report.add("decision_answered_already", row.at("answers"), found=found, other=other)
        _hold_group(row, one, before, [other for _, other in read], report)
        _hold_extension(row, one, before, report)
    # The file's own come last, whatever the moment: a decision that landed before is the one that is contradicted.
    everything = [*before, *(replace(one, received_at="~") for _, one in own.values())]
    for earlier, later in contradictions(everything):
        if later.id in own:
            place = own[later.id][0].at("id")
            report.add("decision_contradicts", place, found=quoted(later.id), other=quoted(earlier.id))


def _may_answer(one: Decision, others: Mapping[str, Decision]) -> bool:
    """Whether what it answers is an earlier decision of the same edition and kind.

    A revocation answers any but another revocation. Decisions that answer each other in a circle would leave none that
    stands.
    """
    earlier = others.get(one.answers)
    if earlier is None or earlier.edition != one.edition or earlier.kind == "revocation":
        return False
    behind: Decision | None = earlier
    for _ in others:
        if behind is not None and behind.answers == one.id:
            return False
        behind = others.get(behind.answers) if behind else None
    return one.kind in (earlier.kind, "revocation")


def _hold_group(row: Row, one: Decision, before: tuple[Decision, ...], own: Iterable[Decision], report: Report) -> None:
    """Whether a state is in the group that it is to leave; by the day before, since classes of income end each June."""
    if one.kind != "group_class" or not (one.iso3 and one.was and one.day):
        return
    there = [
        held
        for held in rows_of(seed_file("states/member_state_groups", decided_seeds(before)))
        if (held["iso3"], held["grouping"]) == (one.iso3, one.subject) and held["valid_from"] <= one.day
    ]
    eve = (date.fromisoformat(one.day) - timedelta(days=1)).isoformat()
    groups = {held["member_group"] for held in there if not held["valid_to"] or held["valid_to"] >= eve}
    groups |= {other.value for other in own if (other.iso3, other.subject) == (one.iso3, one.subject)}
    if one.was not in groups:
        known = ", ".join(sorted(groups - {""})) or Phrase("none")
        said = {"iso3": one.iso3, "found": quoted(one.was), "day": one.day, "known": known}
        report.add("decision_not_in_group", row.at("was"), **said)


def _hold_extension(row: Row, one: Decision, before: tuple[Decision, ...], report: Report) -> None:
    """Whether an extension gives a state more time than all have."""
    if one.kind != "extension" or not one.day:
        return
    for edition in rows_of(seed_file("editions", decided_seeds(before))):
        if edition["edition"] == one.edition and one.day <= edition["collection_to"]:
            said = {"iso3": one.iso3, "found": quoted(one.day), "last": edition["collection_to"]}
            report.add("decision_extends_nothing", row.at("day"), **said)


def _hold_order(read: list[tuple[Row, Decision]], before: tuple[Decision, ...], edition: str, report: Report) -> None:
    """Whether the dates of the round come in their order."""
    places = {one.id: row for row, one in read}
    own = [replace(one, received_at="~") for _, one in read]
    for one, other, day in out_of_order(own, before, edition):
        said = {"found": quoted(one.subject or one.kind), "day": one.day, "other": other, "other_day": day}
        report.add("date_out_of_order", places[one.id].at("day"), **said)
