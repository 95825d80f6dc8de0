"""A release.json that lacks what a gate makes of it is told of, whoever wrote it."""

from __future__ import annotations

import pytest

from gci.storage.release_papers import must_be_complete

DIGESTS = ("candidate_digest", "inputs_digest", "content_digest")
WHOLE = dict.fromkeys(DIGESTS, "a" * 64) | {
    "edition": "2024",
    "vintage": 1,
    "sequence": 2,
    "returns": 194,
    "reviews": 0,
    "synthetic": False,
    "published_at": "2026-01-06T09:00:00+00:00",
    "sign_off": {"name": "A. Signer", "signed_at": "2026-01-06T09:00:00+00:00", "note": "", "via": "gci run"},
    "gates": [],
    "known_errors": [],
    "code_version": "0.1.0",
    "files": {"gci.duckdb": {"sha256": "b" * 64}},
    "tables": {"answers": {"rows": 3880, "sha256": "c" * 64}},
}


def test_whole_papers_are_complete() -> None:
    must_be_complete(WHOLE)


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": "2"},
        {"sequence": None},
        {"edition": 2024},
        {"sign_off": None},
        {"sign_off": {"name": "A. Signer"}},
        {"published_at": "yesterday"},
        {"published_at": 5},
        {"gates": [{"gate": "built"}]},
        {"files": {"gci.duckdb": "b"}},
        {"files": {"gci.duckdb": {"sha256": None}}},
        {"tables": []},
        {"tables": {"answers": {"rows": "many", "sha256": "c"}}},
    ],
    ids=str,
)
def test_what_lacks_something_is_told(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        must_be_complete(WHOLE | changed)


@pytest.mark.parametrize("document", [None, [], "release", 1, {}], ids=str)
def test_other_json_is_told(document: object) -> None:
    with pytest.raises(ValueError, match="not the papers of a release"):
        must_be_complete(document)
