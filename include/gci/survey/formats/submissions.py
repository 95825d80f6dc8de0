"""The submissions of an export of ODK Central or KoboToolbox → one return each, whatever the form of the export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from gci.core import canonical_json
from gci.diagnostics.problems import At, Report, quoted
from gci.readers import Row
from gci.reference.validation_context import ValidationContext
from gci.survey.about import is_true
from gci.survey.formats import fields as names
from gci.survey.formats.document import SCHEMA
from gci.survey.formats.fields import Field
from gci.survey.formats.links import link_of_cell
from gci.survey.formats.statuses import is_reviewed, report_status
from gci.survey.formats.table import Flaw
from gci.survey.parsed_return import ParsedReturn, Submission

_TAKEN = {*names.ABOUT, *names.INSTANCE, *names.REPLACES, *names.VERSION, *names.SENT_AT}
_MOST_NAMED = 10
_NO_EDITS = ("0", "0.0", "false", "no", "none", "null")


def sent_of(
    number: int, labelled: Mapping[str, str], book: ValidationContext, flaws: Sequence[Flaw] = (), *, all_fields: bool
) -> ParsedReturn:
    """The return in one submission.

    Args:
        number: its place in the export: line of a table, or place in the list.
        labelled: name of each field as the export has it, with its groups → its value.
        book: the editions and their items.
        flaws: cells of it that cannot be taken as they stand, or that lead somewhere.
        all_fields: whether the export has a field for every question, so that one that is absent was dropped.

    Returns:
        The return, with whatever is wrong about the submission in a report of its own.
    """
    report = Report()
    fields: dict[str, Field] = {}
    linked, flaws = _without_links(number, flaws, report)
    labelled = {**labelled, **linked}
    flawed = {flaw.label for flaw in flaws}
    for label, written in labelled.items():
        name, text = names.name_of(label), "" if label in flawed else written
        if text and name in fields and fields[name].text not in ("", text):
            report.add("field_twice", At(number, label), found=quoted(name))
        if text or name not in fields:
            fields[name] = Field(label, text.strip())
    head = _head(number, fields, book)
    edition = head.cells["edition"]
    rows: list[Row] = []
    cut = list(names.groups_as_texts(labelled))
    for label, text in cut:
        report.add("groups_as_texts", At(number, label), found=quoted(text))
    if edition in book.editions:
        # An addition has only the questions that were asked about: it says so, and what it has not is not missed.
        whole = all_fields and not cut and not is_true(head.cells.get("addition", ""))
        rows = _rows(number, fields, edition, book, report, all_fields=whole)
    for flaw in flaws:
        if names.is_like_a_question(names.name_of(flaw.label)) or names.name_of(flaw.label) in _TAKEN:
            report.add(flaw.code, At(number, flaw.label), found=flaw.found)
    report_status(number, fields, report)
    labels = {text: code for by_text in book.answer_labels.values() for text, code in by_text.items()}
    return ParsedReturn([head], rows, report, labels=labels, submission=_submission(number, fields, report))


def _without_links(number: int, flaws: Sequence[Flaw], report: Report) -> tuple[Mapping[str, str], Sequence[Flaw]]:
    """The addresses behind the cells for evidence, by label, and the cells that cannot be taken.

    Those that lie behind other cells of questions are reported.
    """
    linked: dict[str, str] = {}
    left = []
    for flaw in flaws:
        name, at = names.name_of(flaw.label), At(number, flaw.label)
        is_evidence = names.is_like_a_question(name) and name.endswith(names.EVIDENCE)
        target = link_of_cell(flaw.cell, flaw.target, at, report) if is_evidence else None
        if target is not None:
            linked[flaw.label] = target
        elif flaw.code:
            left.append(flaw)
        elif names.is_like_a_question(name) and not is_evidence:
            report.add("links_not_read", at, found=flaw.found, count=1)
    return linked, left


def as_document(sent: ParsedReturn) -> bytes:
    """A submission as a return of its own: the same submission gives the same bytes, from whatever export."""
    (head,) = sent.heads
    about = {name: text for name, text in head.cells.items() if text}
    answers = [{name: text for name, text in row.cells.items() if text} for row in sent.rows]
    document: dict[str, object] = {"schema": SCHEMA, **about}
    document["answers"] = sorted((answer for answer in answers if len(answer) > 1), key=lambda answer: answer["item"])
    if sent.submission is not None:
        said = (
            ("instance", sent.submission.instance),
            ("replaces", sent.submission.replaces),
            ("sent_at", sent.submission.sent_at and sent.submission.sent_at.isoformat()),
        )
        document["submission"] = {name: value for name, value in said if value}
    return canonical_json.document(document)


def without_replaced(submissions: list[ParsedReturn], report: Report) -> list[ParsedReturn]:
    """The submissions but for those of which an edited version, or the very same, is in the export too."""
    replaced = {one.submission.replaces for one in submissions if one.submission and one.submission.replaces}
    kept: dict[bytes, ParsedReturn] = {}
    versions: dict[tuple[str, datetime | None], list[ParsedReturn]] = {}
    for one in submissions:
        said = one.submission
        if said is None:
            continue
        if said.instance in replaced:
            report.add("submission_replaced", At(one.heads[0].number), found=said.name)
        elif kept.setdefault(as_document(one), one) is not one:
            report.add("submission_twice", At(one.heads[0].number), found=said.name)
        elif said.instance:
            versions.setdefault((said.instance, said.sent_at), []).append(one)
    for (instance, _), same in versions.items():
        for one in same if len(same) > 1 else ():
            one.report.add("submission_of_two_versions", At(one.heads[0].number), found=quoted(instance))
    return list(kept.values())


def _head(number: int, fields: Mapping[str, Field], book: ValidationContext) -> Row:
    """What the submission is about. An edition that it does not name is that of its version of the form."""
    cells = {name: fields[name].text for name in names.ABOUT if name in fields}
    labels = {name: fields[name].label for name in names.ABOUT if name in fields}
    version = names.first_of(fields, names.VERSION)
    if version is not None:
        cells["form_version"], labels["form_version"] = version.text, version.label
    if not cells.get("edition") and version is not None:
        of_version = [name for name, rules in book.editions.items() if version.text in rules.form_versions]
        cells["edition"] = of_version[0] if len(of_version) == 1 else ""
    return Row(number, {"edition": "", "iso3": ""} | cells, None, labels)


def _rows(
    number: int, fields: Mapping[str, Field], edition: str, book: ValidationContext, report: Report, *, all_fields: bool
) -> list[Row]:
    """One row for each item of the edition, answered or not; a field like a question of no item is reported."""
    by_field = names.fields_of_items(edition, book)
    cells = {item: {"item": item, "answer": "", "evidence_url": "", "comment": ""} for item in by_field.values()}
    labels: dict[str, dict[str, str]] = {item: {} for item in cells}
    beside: list[str] = []
    for name, field in fields.items():
        question = names.question_of(name, by_field)
        if question is not None:
            item, cell = question
            cells[item][cell], labels[item][cell] = field.text, field.label
        elif field.text and names.is_like_a_question(name):
            report.add("question_unknown", At(number, field.label), found=quoted(name), edition=edition)
        elif names.is_not_read(name, field, by_field):
            beside.append(field.label)
    if beside:
        report.add("cells_not_read", At(number, beside[0]), found=_listed(map(quoted, beside)), count=len(beside))
    version = names.first_of(fields, names.VERSION)
    asked = book.editions[edition].asked(None if version is None else version.text)
    dropped = [item for item in asked if "answer" not in labels[item]] if all_fields else []
    if dropped:
        report.add("questions_dropped", At(number), found=_listed(dropped), count=len(dropped))
    return [Row(number, cells[item], None, labels[item]) for item in cells]


def _submission(number: int, fields: Mapping[str, Field], report: Report) -> Submission:
    instance, replaces = (names.first_of(fields, wanted) for wanted in (names.INSTANCE, names.REPLACES))
    edits = names.first_of(fields, names.EDITS)
    is_edited = replaces is not None or (edits is not None and edits.text.casefold() not in _NO_EDITS)
    sent_at = _moment(number, names.first_of(fields, names.SENT_AT), report)
    if is_edited:
        # The time of the latest change is that of an edit only where one is proved: servers move it at reviews too.
        # An edit keeps the time of the first version; one of which no time is told was sent some time before now.
        edited_at = _moment(number, names.first_of(fields, names.EDITED_AT), report)
        known = [moment for moment in (sent_at, edited_at) if moment is not None]
        if sent_at is not None and edited_at is not None and sent_at < edited_at and is_reviewed(fields):
            # It was reviewed since: the latest change is the review, and the edit was some time before.
            words = {"found": edited_at.isoformat(), "expected": sent_at.isoformat()}
            report.add("submission_edit_undated", At(number), **words)
        else:
            sent_at = max(known) if edited_at is not None or (replaces is None and known) else None
    plain = None if instance is None else instance.text.removeprefix("uuid:")
    shown = "".join(char for char in plain or "" if char.isprintable())[:80]
    name = f"{number} ({shown})" if shown else str(number)
    return Submission(name, plain, None if replaces is None else replaces.text.removeprefix("uuid:"), sent_at)


def _moment(number: int, field: Field | None, report: Report) -> datetime | None:
    """A time of the server, in UTC where it names no zone."""
    if field is None:
        return None
    try:
        moment = datetime.fromisoformat(field.text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        report.add("submission_time_unreadable", At(number, field.label), found=quoted(field.text))
        return None


def _listed(items: Iterable[str]) -> str:
    listed = list(items)
    return ", ".join(listed[:_MOST_NAMED]) + (" …" if len(listed) > _MOST_NAMED else "")
