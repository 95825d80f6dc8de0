"""Number formats of a workbook: what a number is shown as, and the day or time that it is where it is shown as one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from gci.readers.archive import Archive, local

GENERAL = "General"
_LONGEST = 1_000  # characters; spreadsheet programs take 255
_KNOWN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "hh:mm:ss"),
    22: "yyyy-mm-dd hh:mm",
    46: "[h]:mm:ss",
}
_NO_PART_OF_IT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|Standard', re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last digit
_EXPONENT = re.compile(r"E[+-]", re.IGNORECASE)  # `e` alone is the year of an era
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LAST_DAY = 2_958_466  # the year 10000
_DAY = 86_400_000  # milliseconds


def number_formats(archive: Archive, part: str | None) -> list[str]:
    """The number format of each style of cells, by the number that cells have for it; none where no part says."""
    own: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            if len(attributes.get("formatCode", "")) > _LONGEST:
                raise archive.unusual(name)
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    if part is None:
        return []
    archive.parse(part, start, end)
    known = {str(number): shown for number, shown in _KNOWN.items()}
    return [own.get(number, known.get(number, GENERAL)) for number in styles]


def is_percent(shown_as: str) -> bool:
    """Whether a number of this format is shown a hundred times as large, with a percent sign."""
    return "%" in _NO_PART_OF_IT.sub("", shown_as)


def is_scaled(shown_as: str) -> bool:
    """Whether a number of this format is shown divided by a thousand, or by several: `0,` or `0.0,,"M"`."""
    return bool(_SCALED.search(_NO_PART_OF_IT.sub("", shown_as)))


def is_moment(shown_as: str) -> bool:
    """Whether a number of this format is shown as a day or a time."""
    first = _NO_PART_OF_IT.sub("", shown_as).partition(";")[0]
    letters = _EXPONENT.sub("", _ELAPSED.sub("h", first))
    return bool(re.search(r"[dmyhsgeb]", letters, re.IGNORECASE)) and "#" not in first


def moment_of(value: float, shown_as: str, since_1904: bool) -> date | time | timedelta | float:
    """The day, moment, time of day or duration that a number is shown as; the number itself where there is none."""
    if _ELAPSED.search(_NO_PART_OF_IT.sub("", shown_as)):
        return timedelta(milliseconds=round(value * _DAY)) if abs(value) < _LAST_DAY else value
    if not 0 <= value < _LAST_DAY:
        return value
    if value < 1:
        return (datetime(1900, 1, 1) + timedelta(milliseconds=round(value * _DAY) % _DAY)).time()  # noqa: DTZ001
    if since_1904:
        first = datetime(1904, 1, 1)  # noqa: DTZ001 - workbooks know no zones
    elif value < 60:
        first = datetime(1899, 12, 31)  # noqa: DTZ001
    else:  # the 29th of February 1900, which never was, is counted
        first = datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        moment = first + timedelta(milliseconds=round(value * _DAY))
    except OverflowError:
        return value
    return moment.date() if moment.time() == time() else moment
