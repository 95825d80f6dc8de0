"""Corruptions of a candidate before it is published: what its papers, seeds and landed files say and it does not."""

from __future__ import annotations

from mutants.case import Case, Spoiling


def _known_error_unregistered(case: Case) -> None:
    """As the candidate would be built without the register."""
    case.seed("corrections.csv", lambda lines: lines[:1])
    case.built(
        "delete from corrections; update reconciliation set verdict = 'unexplained', note = null, correction_id = null "
        "where verdict = 'known_error'"
    )


def _entry_that_does_not_bite(case: Case) -> None:
    """As the candidate would be built with an entry for an error that is none."""
    case.seed("corrections.csv", lambda lines: [*lines, lines[1].replace("2020-AFG-legal,2020,AFG", "odd,2020,EST")])
    case.built(
        "insert into corrections select * replace ('odd' as id, 'EST' as iso3, false as bites) from corrections "
        "where id = '2020-AFG-legal'"
    )


def _difference_unregistered(case: Case) -> None:
    """As the candidate would be built without the register of differences between sources."""
    case.seed("source_differences.csv", lambda lines: lines[:1])
    case.built(
        "update reconciliation set verdict = 'unexplained', note = null, cause = null where source != 'data360' "
        "and verdict = 'known_error'"
    )


def _difference_that_does_not_bite(case: Case) -> None:
    """As the candidate would be built with an entry for a state whose sources agree."""
    case.seed("source_differences.csv", lambda lines: [*lines, lines[-1].replace(lines[-1][5:8], "EST")])


def _said_to_ask_the_same(case: Case) -> None:
    """As the candidate would be built if the register took an indicator for the same whose possible values changed."""

    def taken_for_the_same(lines: list[str]) -> list[str]:
        return [
            line.replace("same_concept", "same_questions") if ",international_participation," in line else line
            for line in lines
        ]

    case.seed("comparability.csv", taken_for_the_same)
    case.built(
        "update indicator_comparability set comparability = 'same_questions' "
        "where concept = 'international_participation'"
    )


def _respondents_unknown_to_print(case: Case) -> None:
    """As in an edition of which no source says who answered; the file says that nobody does."""
    case.seed("respondents.csv", lambda lines: [line for line in lines if not line.startswith("2024,")])


OF_A_CANDIDATE = (
    Spoiling("a known error that is not registered", _known_error_unregistered, ("no_difference_is_unexplained",)),
    Spoiling("an entry that does not bite", _entry_that_does_not_bite, ("every_correction_applies",)),
    Spoiling(
        "a difference between sources that is not registered",
        _difference_unregistered,
        ("no_difference_is_unexplained",),
    ),
    Spoiling(
        "an entry on sources that do not differ", _difference_that_does_not_bite, ("every_source_difference_bites",)
    ),
    Spoiling(
        "other questions taken for the same by the register",
        _said_to_ask_the_same,
        ("same_questions_have_the_same_values",),
    ),
    Spoiling(
        "a reviewed drop without its note",
        lambda case: case.seed("reviewed_changes.csv", lambda lines: lines[:1]),
        ("big_drops_are_reviewed",),
    ),
    Spoiling(
        "a note for a drop that is not there",
        lambda case: case.seed("reviewed_changes.csv", lambda lines: [*lines, lines[1].replace("MKD", "EST")]),
        ("big_drops_are_reviewed",),
    ),
    Spoiling(
        "a status that does not follow from who answered",
        _respondents_unknown_to_print,
        ("respondents_agree_with_the_sources", "respondents_follow_from_what_landed"),
    ),
    Spoiling(
        "a review passed over",
        lambda case: case.built(
            "update answers set source = 'returned', reason = 'returned', review_digest = null, review_reason = null "
            "where iso3 = 'EST' and item = 'ls1' and edition = '2024'"
        ),
        ("answers_count_by_precedence",),
    ),
    Spoiling(
        "a return that landed and is not listed",
        lambda case: case.built("delete from returns_received where iso3 = 'EST' and edition = '2024'"),
        ("every_return_is_listed", "answers_come_from_returns_that_count"),
    ),
    Spoiling(
        "a partner's value left out",
        lambda case: case.built("delete from partner_values where iso3 = 'EST'"),
        ("partner_values_are_the_newest", "partner_values_do_not_vanish"),
    ),
    Spoiling(
        "a value that drifted and is not reported",
        lambda case: case.built("delete from partner_value_revisions where iso3 = 'KEN'"),
        ("partner_value_revisions_follow_from_files",),
    ),
    Spoiling(
        "a revision without a difference",
        lambda case: case.built(
            "insert into revisions "
            "select '2024', 2, 'FRA', 'legal', 19, 20, 'error', 'why', 'index team', review_digest from answers "
            "where edition = '2024' and iso3 = 'FRA' and item = 'ls1'"
        ),
        ("revisions_reproduce_the_difference",),
    ),
    Spoiling(
        "two decisions that contradict each other",
        lambda case: (
            case.rows("decisions", case.digest("decisions"), "select * replace (null::varchar as answers) from landed")
            or case.built("update decisions set answers = null, answered_by = null where kind = 'extension'")
        ),
        ("decisions_do_not_contradict",),
    ),
    Spoiling(
        "a decision approved by who wrote it",
        lambda case: (
            case.rows("decisions", case.digest("decisions"), "select * replace ('LIMA, Ana' as approver) from landed")
            or case.built("update decisions set approver = 'LIMA, Ana'")
        ),
        ("decisions_are_approved_by_another",),
    ),
    Spoiling(
        "a decision that was left out of the reference data",
        lambda case: case.seed("round_events.csv", lambda lines: [line for line in lines if "FIN" not in line]),
        ("decisions_are_applied",),
    ),
    Spoiling(
        "another edition moved along",
        lambda case: case.built("update editions set vintage = 3 where edition = '2020'"),
        ("only_the_candidate_moves", "releases_cover_the_vintages"),
    ),
)
