"""The shape of the file."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption, without_rules

SHAPE = (
    Corruption("a table gone", "drop table group_scores", ("group_scores.columns", "group_scores_follow_from_answers")),
    Corruption(
        "a column gone",
        "alter table overall_scores drop column obs_status",
        ("overall_scores.columns", "columns_have_their_types"),
    ),
    Corruption(
        "a column renamed",
        "alter table score_changes rename column note to remark",
        ("score_changes.columns", "columns_have_their_types"),
    ),
    Corruption(
        "a column of a wide table gone",
        "alter table cooperation drop column cs3",
        ("cooperation.follows_from_answers",),
    ),
    Corruption(
        "a column of a wide table that no framework knows",
        "alter table cooperation add column cs9 double",
        ("cooperation.follows_from_answers", "everything_has_a_comment"),
    ),
    Corruption(
        "a number kept as text",
        "alter table group_scores alter column mean type varchar",
        ("columns_have_their_types",),
    ),
    Corruption(
        "a table that nobody declared",
        "create table league_table as select iso3, rank from overall_scores",
        ("columns_have_their_types",),
    ),
    Corruption(
        "a view in place of a table",
        """
        create table kept as from pillar_scores; drop table pillar_scores;
        create view pillar_scores as from kept
        """,
        ("file_holds_tables_alone",),
    ),
    Corruption("a table's comment gone", "comment on table answers is null", ("everything_has_a_comment",)),
    Corruption(
        "a column's comment emptied",
        "comment on column overall_scores.score is '  '",
        ("everything_has_a_comment",),
    ),
    Corruption(
        "a key doubled",
        without_rules("releases", "from releases union all from releases"),
        ("releases.key", "keys_are_declared"),
    ),
)
