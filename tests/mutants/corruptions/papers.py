"""What nothing in a file tells: who signed it when, links, notes, digests. The statement of its release does."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

_STATED = ("tables_are_as_stated",)
_ON_RECORD = (*_STATED, "releases.agrees_with_its_papers")
_2024 = "where edition = '2024'"


def _release(name: str, change: str, *more: str) -> Corruption:
    return Corruption(name, f"update releases set {change} {_2024}", (*_ON_RECORD, *more), names="releases")


PAPERS = (
    _release("another name under a release", "signed_by = 'Somebody Else'"),
    _release("another note of the sign-off", "sign_off_note = 'not seen'"),
    _release(
        "signed after it was published", "signed_at = published_at + interval 1 hour", "releases_are_in_order_of_time"
    ),
    _release(
        "dates moved by ten years back",
        "signed_at = signed_at - interval 10 year, published_at = published_at - interval 10 year",
        "releases_are_in_order_of_time",
    ),
    _release(
        "dates moved by ten years on",
        "signed_at = signed_at + interval 10 year, published_at = published_at + interval 10 year",
        "releases_are_in_order_of_time",
    ),
    _release(
        "published before its hour", "planned_for = published_at + interval 1 hour", "releases_are_in_order_of_time"
    ),
    _release("an hour that nobody decided", "planned_for = published_at - interval 1 hour"),
    _release("signed in 1970", "signed_at = timestamp '1970-01-01'", "releases_are_in_order_of_time"),
    _release("another digest of the candidate", "candidate_digest = repeat('ab', 32)"),
    _release("another version of the code", "code_version = '9.9.9'"),
    Corruption(
        "another message of a check",
        f"update gate_results set message = 'nothing was looked at' {_2024} and check_name = 'weights_sum_up'",
        (*_STATED, "gate_results.agrees_with_its_papers"),
        names="weights_sum_up",
    ),
    Corruption("form versions", f"update answers set form_version = '2024-9' {_2024}", _STATED, names="answers"),
    Corruption("links", "update answers set evidence_url = 'https://example.org/x' where iso3 = 'FRA'", _STATED),
    Corruption("notes", "update answers set comment = 'see article 4' where iso3 = 'FRA'", _STATED, names="answers"),
    Corruption("digests of returns", "update answers set return_digest = repeat('ab', 32) where iso3 = 'EST'", _STATED),
    Corruption("partner values", "update partner_values set value = value + 1", _STATED, names="partner_values"),
    Corruption(
        "a check that was never made",
        f"""
        insert into gate_results select * replace ('all_is_well' as check_name) from gate_results
            {_2024} and check_name = 'weights_sum_up';
        update releases set checks = checks + 1 {_2024}
        """,
        (*_ON_RECORD, "gate_results.agrees_with_its_papers"),
        names="all_is_well",
    ),
    Corruption(
        "a release that never was",
        """
        insert into releases select * replace ('2018' as edition) from releases where edition = '2020';
        insert into gate_results select * replace ('2018' as edition) from gate_results where edition = '2020'
        """,
        _STATED,
        names="releases",
    ),
    Corruption(
        "a release taken for another's",
        """
        update releases set signed_by = signed_by || ' ', sign_off_via = 'airflow' where edition = '2020'
        """,
        _STATED,
        names="releases",
    ),
    Corruption("files of returns", f"update returns_received set file = 'other.csv' {_2024} and iso3 = 'EST'", _STATED),
    Corruption("reasons of a review", "update answers set review_reason = 'seen' where iso3 = 'EST'", _STATED),
    Corruption(
        "nothing but the bytes",
        "create table passing (i integer); drop table passing; checkpoint",
        ("file_is_the_published_one",),
        names="SHA-256",
    ),
)

UNKNOWN = (
    Corruption(
        "a next vintage made of returns that never landed",
        f"""
        update editions set vintage = 2 {_2024};
        update answers set return_digest = repeat('ab', 32), answer = 1 {_2024} and iso3 = 'AFG';
        update returns_received set return_digest = repeat('ab', 32) {_2024} and iso3 = 'AFG'
        """,
        ("digests_are_known",),
        names="abab",
    ),
    Corruption(
        "a next vintage that nobody signed",
        f"""
        update editions set vintage = 2 {_2024};
        insert into releases select * replace (2 as vintage, 'Nobody' as signed_by) from releases {_2024}
        """,
        ("releases_are_known",),
        names="signed by Nobody",
    ),
)
