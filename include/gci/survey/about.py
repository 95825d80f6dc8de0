"""What a return is about: edition, state, sender, form, language, and whether it is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from gci.diagnostics.problems import Report, quoted
from gci.readers import Row
from gci.reference.labels import LANGUAGES
from gci.reference.validation_context import EditionRules, ValidationContext
from gci.survey.keys import Values, editions, numbers, refuse_strangers, refuse_two, states, values_of
from gci.survey.parsed_return import ParsedReturn

COLLECTORS = ("state", "desk")
_TRUTHS = {"": "false", "false": "false", "no": "false", "0": "false", "true": "true", "yes": "true", "1": "true"}
_EDITION_IN_NAME = re.compile(r"(?<![A-Za-z0-9])gci[ _-]?(\d{4})(?!\d)", re.IGNORECASE)

# A version such as 2026-1 is the January of 2026 to a spreadsheet, which then shows it in the language of its user.
_LIKE_A_MONTH = re.compile(r"\d{4}[-./]\d{1,2}")
_DATE = re.compile(
    # Jan-26, Jan'26, 01 janv. 2026, January 1, 2026
    r"(\d{1,2}[-./ ]+)?([^\W\d_]\.?){2,12}[-./, '’]*(\d{1,2}, *)?\d{2,4}( ?г\.?)?"
    r"|\d{1,4}[-./ ]+([^\W\d_]\.?){2,12}"  # 1-Jan, 26-янв
    r"|\d{1,4}(?P<sep>[-./])\d{1,4}((?P=sep)\d{1,4})?([T ][\d:.]+( ?[AP]M|Z)?)?"  # 2026-01-01 00:00, 01/2026
    r"|\d{4}\. \d{1,2}\.( \d{1,2}\.)?|(th|thg|tháng) ?\d{1,2}[-./ ]\d{2,4}"  # Hungarian, Vietnamese
    r"|\d{4}年\d{1,2}月(\d{1,2}日)?|\d{1,2}月(-\d{2}|\d{1,2}日)"
    r"|[3-6]\d{4}(\.0)?",  # the number that Excel keeps for a day
    re.IGNORECASE,
)
_DAY_OF_THE_WEEK = re.compile(r"^[^\W\d_]{3,15},? +(?=[^\W_]+[, ])")  # Thursday, January 1, 2026; jeudi 1 janvier 2026
# What a file may be called beside the state that it is from; with other words in its name a code may be one of them.
_SAID_BESIDE = re.compile(r"gci|v?\d+|return|questionnaire|final|asked|" + "|".join(LANGUAGES), re.IGNORECASE)
_DATES = ("MAR", "AGO", "DOM")  # March, August or Sunday to some, which are states too


def is_true(text: str) -> bool:
    """Whether a cell that answers with true or false says true."""
    return _TRUTHS.get(text.casefold()) == "true"


@dataclass(frozen=True)
class About:
    """What a return is about.

    Attributes:
        editions: of its rows; one, unless it is refused.
        states: of its rows; one, unless it is refused.
        versions: of the form that was answered; none where the return carries none, several where rows differ.
        collector: `state` or `desk`.
        synthetic: whether it says that its answers are invented.
        addition: whether it says that it only adds to the sender's earlier return: what it does not answer stands.
    """

    editions: Values
    states: Values
    versions: Values
    collector: str | None
    synthetic: bool
    addition: bool

    @property
    def edition(self) -> str | None:
        """The edition, when it is one."""
        return self.editions.only


def about(sent: ParsedReturn, book: ValidationContext, folder: str | None, file: str) -> About:
    """What a return is about, all that is wrong with it reported in the language of the return."""
    report = sent.report
    _speak(sent, book, report)
    of_editions = editions(sent.heads, book, report, folder)
    of_states = states(sent.heads, book, report)
    refuse_two(of_states, "iso3", "two_states", report)
    collector = _collector(sent.heads, report)
    rules = None if of_editions.only is None else book.editions[of_editions.only]
    if rules is not None:
        refuse_strangers(of_states, rules, book, report)
    _hold_against_name(of_editions, of_states, book, report, file)
    versions = _versions(sent, rules, report)
    synthetic = values_of(sent.heads, "synthetic", lambda text, rows: _truth(text, rows, "synthetic_unclear", report))
    addition = values_of(sent.heads, "addition", lambda text, rows: _truth(text, rows, "addition_unclear", report))
    if len(addition.rows) > 1:
        doubtful = addition.rows["false"]
        found = quoted(doubtful[0].cells["addition"])
        report.add("addition_unclear", doubtful[0].at("addition"), found=found, rows=numbers(doubtful))
    is_addition = addition.only == "true"
    return About(of_editions, of_states, versions, collector, "true" in synthetic.rows, is_addition)


def _speak(sent: ParsedReturn, book: ValidationContext, report: Report) -> None:
    """Set the language of the report: that which the return names, or else that of its state."""
    named = [(row.cells["language"], row) for row in sent.heads if row.cells.get("language")]
    known = [text.lower() for text, _ in named if text.lower() in LANGUAGES]
    if known:
        report.language = known[0]
    else:
        said = {row.cells["iso3"].upper() for row in sent.heads if row.cells.get("iso3")}
        report.language = book.languages.get(said.pop(), "en") if len(said) == 1 else "en"
    for text, row in named[: 1 - len(known[:1])]:
        report.add("language_unknown", row.at("language"), found=quoted(text), known=", ".join(LANGUAGES))


def _collector(rows: list[Row], report: Report) -> str | None:
    """Who answered: the one value of the optional column; an empty cell, or none, is the state itself."""

    def resolve(text: str, having: list[Row]) -> str | None:
        low = text.casefold() or "state"
        place, words = having[0].at("collector"), {"rows": numbers(having), "found": quoted(text)}
        if low not in COLLECTORS:
            report.add("collector_unknown", place, **words)
            return None
        if text and text != low:
            report.add("collector_case", place, **words, expected=low)
        return low

    values = values_of(rows, "collector", resolve)
    refuse_two(values, "collector", "two_collectors", report)
    return values.only if values.by_text else "state"


def _versions(sent: ParsedReturn, rules: EditionRules | None, report: Report) -> Values:
    """The versions of the form that was answered."""

    def resolve(text: str, having: list[Row]) -> str | None:
        if not text:
            return None
        if rules is not None and text not in rules.form_versions:
            known = ", ".join(sorted(rules.form_versions)) or "–"
            words = {"found": quoted(text), "edition": rules.edition, "known": known, "rows": numbers(having)}
            code = "form_version_became_a_date" if _is_date_of(text, rules) else "form_version_unknown"
            report.add(code, having[0].at("form_version"), **words)
            return None
        return text

    values = values_of(sent.heads, "form_version", resolve)
    if sent.says_version and rules is not None and rules.form_versions and not any(values.by_text):
        report.add(
            "form_version_missing", sent.heads[0].at("form_version"), known=", ".join(sorted(rules.form_versions))
        )
    return values


def _is_date_of(text: str, rules: EditionRules) -> bool:
    """Whether a text looks like the date that a spreadsheet makes of a version of the edition's form."""
    months = [version for version in rules.form_versions if _LIKE_A_MONTH.fullmatch(version)]
    if _LIKE_A_MONTH.fullmatch(text):  # written like a version: it is one with a zero before the month, or no date
        return _numbers(text) in map(_numbers, months)
    return bool(months) and any(map(_DATE.fullmatch, (text, _DAY_OF_THE_WEEK.sub("", text))))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _truth(text: str, having: list[Row], code: str, report: Report) -> str | None:
    value = _TRUTHS.get(text.casefold())
    if value is None:
        column = code.removesuffix("_unclear")
        report.add(code, having[0].at(column), found=quoted(text), rows=numbers(having))
    return value


def _hold_against_name(
    of_editions: Values, of_states: Values, book: ValidationContext, report: Report, file: str
) -> None:
    """Report a return whose file is named after another state or edition."""
    named = state_in_name(file, book)
    if named is not None and of_states.only not in (None, named):
        words = {"found": of_states.only, "state": book.state_name(str(of_states.only), report.language)}
        first = of_states.rows[str(of_states.only)][0]
        report.add("state_not_of_name", first.at("iso3"), **words, expected=named)
    edition = _EDITION_IN_NAME.search(PurePath(file).stem)
    if edition and edition.group(1) in book.editions and of_editions.only not in (None, edition.group(1)):
        first = of_editions.rows[str(of_editions.only)][0]
        report.add("edition_not_of_name", first.at("edition"), found=of_editions.only, expected=edition.group(1))


def state_in_name(file: str, book: ValidationContext) -> str | None:
    """The state that a file is named after, such as `EST.csv` or `gci_2026_EST_fr.xlsx`; None where that is unsure.

    A name with other words says none: AND, CAN or PER are words too, and MAR beside a day or a year is a month.
    """
    words: list[str] = re.findall(r"[^\W_]+", PurePath(file).stem)
    codes = [word for word in words if word in book.states]
    others = [word for word in words if word not in codes]
    if len(codes) != 1 or not all(map(_SAID_BESIDE.fullmatch, others)):
        return None
    if codes[0] in _DATES:
        place = words.index(codes[0])
        beside = [word for word in (*words[:place][-1:], *words[place + 1 :][:1]) if word.isdecimal() and len(word) < 3]
        if beside or (any(map(str.isdecimal, others)) and "gci" not in map(str.casefold, others)):
            return None
    return codes[0]
