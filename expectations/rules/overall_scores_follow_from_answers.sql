-- The overall score is the sum of the points of all answers of a state; every member state, and nothing else.
with
cells as (
    select
        edition,
        iso3,
        given.edition is null as is_missing,
        due.edition is null as is_surplus,
        unnest(
            [
                {
                    'column_name': 'score', 'found': given.score::varchar, 'expected': round(due.score, 9)::varchar,
                    'is_right': is_score(given.score, due.score)
                },
                {
                    'column_name': 'answered', 'found': given.answered::varchar, 'expected': due.answered::varchar,
                    'is_right': given.answered is not distinct from due.answered
                },
                {
                    'column_name': 'items', 'found': given.items::varchar, 'expected': due.items::varchar,
                    'is_right': given.items is not distinct from due.items
                }
            ],
            recursive := true
        )
    from recomputed.overall as due
    full join candidate.overall_scores as given using (edition, iso3)
)

select
    edition,
    iso3,
    column_name,
    if(is_missing, 'no row', found) as found,
    if(is_surplus, 'no row', expected) as expected
from cells
where not is_right or is_missing or is_surplus
