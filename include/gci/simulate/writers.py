"""The formats by name, and which faults can be planted in each."""

from __future__ import annotations

from collections.abc import Callable

from gci.simulate.faults import csv_faults, json_faults, submission_faults, xlsx_faults
from gci.simulate.faults.fault_injection import Fault
from gci.simulate.faults.submission_faults import SubmissionFault
from gci.simulate.formats import csv_file, json_file, xlsx_file
from gci.simulate.returns import Return

WRITERS: dict[str, Callable[[Return], bytes]] = {
    "csv": csv_file.write,
    "json": json_file.write,
    "xlsx": xlsx_file.write,
}
"""One file a return."""
EXPORTS = ("odk_json", "odk_csv", "kobo")
"""One file for many returns."""
SUFFIXES = {"csv": "csv", "json": "json", "xlsx": "xlsx", "odk_json": "json", "odk_csv": "csv", "kobo": "json"}
SHARES = {"csv": 25, "json": 15, "xlsx": 40, "odk_json": 8, "odk_csv": 6, "kobo": 6}
"""How often each format is drawn, as weights."""


def formats() -> tuple[str, ...]:
    """The names of the formats that can be written."""
    return (*WRITERS, *EXPORTS)


def refused(wanted: tuple[str, ...]) -> list[Fault | SubmissionFault]:
    """The faults for which a file, or a submission of an export, is refused, in the formats wanted."""
    there: tuple[Fault | SubmissionFault, ...] = (
        *csv_faults.REFUSED,
        *json_faults.REFUSED,
        *xlsx_faults.REFUSED,
        *submission_faults.FAULTS,
        *submission_faults.WHOLE,
    )
    return [fault for fault in there if fault.format in wanted]


def taken(wanted: tuple[str, ...]) -> list[Fault]:
    """What is unusual and must be taken, in the formats wanted."""
    return [fault for fault in csv_faults.TAKEN if fault.format in wanted]
