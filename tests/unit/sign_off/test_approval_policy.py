"""Which answers are refused before anybody records them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gci.core.errors import Blocked
from gci.sign_off.approval_policy import Answerer, Asked, refusal

ASKED = Asked("a" * 64, "2026-03-14T09:00:00+00:00", 3)
JANE = Answerer(("jane", "Jane Doe"), "publisher")
AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by", "digest", "at", "reviewers", "kind", "said"),
    [
        (Answerer(("ops",), None), ASKED.digest, AT, [], "who", "Only the role publisher"),
        (Answerer((), None), ASKED.digest, AT, [], "who", "nobody does not have it"),
        (JANE, ASKED.digest, AT, ["JANE  doe"], "who", "wrote a review"),
        (JANE, None, AT, [], "what", "does not say which file"),
        (JANE, "b" * 64, AT, [], "what", "another file"),
        (JANE, ASKED.digest, datetime(2026, 3, 14, 9, 0, 1, tzinfo=UTC), [], "what", "after its time"),
    ],
)
def test_an_answer_is_refused_for_who_gives_it_or_for_what_it_is(
    by: Answerer, digest: str | None, at: datetime, reviewers: list[str], kind: str, said: str
) -> None:
    refused = refusal(ASKED, by, digest, at, reviewers)
    assert refused is not None
    assert refused.kind == kind
    assert said in refused.message


def test_any_other_answer_counts() -> None:
    assert refusal(ASKED, JANE, ASKED.digest, AT, ["Somebody Else", ""]) is None
    assert refusal(ASKED, Answerer(("index team",), "shell"), ASKED.digest, AT, []) is None


NOT_WHAT_WAS_KEPT = [None, "x", [], {}, {"digest": "a", "until": "soon", "tries": 1}, {"until": "2026-01-01"}]


@pytest.mark.parametrize("kept", NOT_WHAT_WAS_KEPT)
def test_a_request_that_was_written_over_is_told(kept: Any) -> None:
    assert Asked.of(ASKED.as_dict()) == ASKED
    with pytest.raises(Blocked, match="somebody wrote over it"):
        Asked.of(kept)
