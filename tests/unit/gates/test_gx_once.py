"""What is asked of Great Expectations once gives what it gives where it asks itself again and again."""

from __future__ import annotations

from itertools import chain

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS
from gci.gates.checks import checks_of
from gci.gates.suite import load_suite


def test_every_kind_of_check_is_described_as_gx_describes_it() -> None:
    # All of GX, which no other worker needs.
    import great_expectations.expectations as expectations
    from great_expectations.expectations.expectation import Expectation

    from gci.gates import gx_runner
    from gci.gates.gx_once import GX_OWN

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
