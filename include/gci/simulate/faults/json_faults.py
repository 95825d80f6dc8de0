"""Faults of JSON returns and of the exports of form servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gci.simulate.confusable_states import of_the_double
from gci.simulate.faults.fault_injection import Fault, answered_as, item_twice, item_unknown
from gci.simulate.formats.json_file import document, text_of, write
from gci.simulate.returns import Return


def _document(**changed: Any) -> Callable[[Return], bytes]:
    return lambda filled: text_of(document(filled) | changed)


REFUSED = (
    Fault("json_cut_off", "json", "refused", "not_json", lambda one: write(one)[:-40]),
    Fault("json_of_an_error", "json", "refused", None, lambda _: text_of({"error": "session expired"})),
    Fault("wrong_schema", "json", "refused", None, _document(schema="gci-return/9")),
    Fault("wrong_form_version", "json", "refused", None, _document(form_version="2019-7")),
    Fault("wrong_edition", "json", "refused", "edition_not_of_folder", _document(edition="2024")),
    Fault("wrong_state", "json", "refused", "iso3_unknown", _document(iso3="XKX")),
    Fault("another_states_return", "json", "refused", "state_not_of_name", lambda one: write(of_the_double(one))),
    Fault(
        "answer_outside_the_list",
        "json",
        "refused",
        "answer_not_in_list",
        lambda one: write(answered_as("mostly")(one)),
    ),
    Fault("item_unknown", "json", "refused", "item_unknown", lambda one: write(item_unknown(one))),
    Fault("item_twice", "json", "refused", "item_twice", lambda one: write(item_twice(one))),
)
