"""What is asked of Great Expectations once gives what it gives where it asks itself again and again."""

from __future__ import annotations

from datetime import date
from itertools import chain

import great_expectations.expectations as expectations
from great_expectations.core import id_dict
from great_expectations.expectations.expectation import Expectation

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS
from gci.gates import gx_runner
from gci.gates.checks import checks_of
from gci.gates.gx_once import GX_OWN, GX_TO_JSON
from gci.gates.suite import load_suite


def test_every_kind_of_check_is_described_as_gx_describes_it() -> None:
    assert gx_runner.RULES  # importing it is what has GX look once
    tables = chain.from_iterable(load_suite(gate, EXPECTATIONS).tables for gate in GATES)
    kinds = {check.kind: check for table in tables for check in checks_of(table)}
    assert len(kinds) > 4
    for check in kinds.values():
        made = getattr(expectations, check.kind)(**check.arguments, meta={"check": check.name})
        for told in ({}, {"result_format": {"result_format": "COMPLETE"}}):
            for name, own in GX_OWN.items():
                assert getattr(Expectation, name) is not own
                given = (told,) if name == "_get_runtime_kwargs" else ()
                assert getattr(made, name)(*given) == own(made, *given), (check.kind, name)


def test_arguments_are_told_apart_as_gx_tells_them_apart() -> None:
    arguments = {
        "column": "score",
        "min_value": 0,
        "max_value": 1.5,
        "mostly": None,
        "day": date(2020, 1, 2),
        "value_set": ["a", 1, None, True, {"b": (1, 2.5)}],
        7: {"nested": [date(2020, 1, 2)]},
    }
    to_json = id_dict.convert_to_json_serializable  # type: ignore[attr-defined]
    assert to_json is not GX_TO_JSON
    assert to_json(arguments) == GX_TO_JSON(arguments)
    for key, value in arguments.items():
        assert to_json({key: value}) == GX_TO_JSON({key: value})
