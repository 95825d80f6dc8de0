"""Faults of one submission among the good ones of an export: it is refused by name, and the others are taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gci.simulate.faults.planting import answered_as, partial_not_allowed
from gci.simulate.returns import Return


@dataclass(frozen=True)
class SubmissionFault:
    """One thing that goes wrong in one submission.

    Attributes:
        name: what went wrong.
        format: the export in which it goes wrong.
        spoil: the return as it is submitted.
    """

    name: str
    format: str
    spoil: Callable[[Return], Return]


_SPOIL: dict[str, Callable[[Return], Return]] = {
    "another_form_version": lambda filled: replace(filled, form_version="2019-7"),
    "no_form_version": lambda filled: replace(filled, form_version=""),
    "answer_outside_the_list": answered_as("mostly"),
    "partial_not_allowed": partial_not_allowed,
    "no_member": lambda filled: replace(filled, iso3="XKX"),
}
FAULTS = tuple(
    SubmissionFault(name, export, spoil) for name, spoil in _SPOIL.items() for export in ("odk_json", "odk_csv", "kobo")
)
