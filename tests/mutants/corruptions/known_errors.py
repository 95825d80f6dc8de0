"""The register of known errors, bent."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

KNOWN_ERRORS = (
    Corruption(
        "the register's entry gone",
        "delete from corrections where id = '2020-AFG-legal'",
        ("corrections.equals_its_seed", "every_correction_applies"),
    ),
    Corruption(
        "a known error passed off as equal",
        "update reconciliation set verdict = 'equal', correction_id = null where correction_id = '2020-AFG-legal'",
        ("every_correction_applies", "reconciliation_follows_from_answers", "corrections_say_whether_they_bite"),
    ),
    Corruption(
        "a difference that nobody explains",
        "update reconciliation set verdict = 'unexplained' where iso3 = 'EST' and dimension = 'overall'",
        ("no_difference_is_unexplained", "reconciliation_follows_from_answers"),
    ),
    Corruption(
        "an entry said not to bite",
        "update corrections set bites = false where id = '2020-AFG-legal'",
        ("corrections_say_whether_they_bite", "every_correction_applies"),
    ),
    Corruption(
        "what is equal by construction counted as proof",
        "update reconciliation set verdict = 'equal', note = null where verdict = 'derived'",
        ("reconciliation_follows_from_answers",),
    ),
    Corruption(
        "a derived score passed off as published",
        "update indicator_scores set derived = false where edition = '2024' and indicator = 'os4'",
        ("indicator_scores_follow_from_answers",),
    ),
    Corruption(
        "a transcription blamed without proof",
        "update reconciliation set cause = 'proved' where source = 'transcription' and iso3 = 'BRA'",
        ("reconciliation_follows_from_answers",),
    ),
    Corruption(
        "a difference between sources gone",
        "delete from reconciliation where source = 'print' and iso3 = 'BRA' and edition = '2024'",
        ("reconciliation_follows_from_answers", "every_source_difference_bites"),
    ),
    Corruption(
        "a source that differs said not to",
        "update published_history set differs_from_data360 = false where source = 'print' and iso3 = 'BRA'",
        ("differences_between_sources_are_told",),
    ),
)
