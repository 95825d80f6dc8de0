-- score = Σ share × answer (0 to 1), points = weight × score, for every member state × indicator and for nothing else.
with
cells as (
    select
        edition,
        iso3,
        indicator,
        given.edition is null as is_missing,
        due.edition is null as is_surplus,
        unnest(
            [
                {
                    'column_name': 'score', 'found': given.score::varchar, 'expected': round(due.score, 9)::varchar,
                    'is_right': is_score(given.score, due.score)
                },
                {
                    'column_name': 'weight', 'found': given.weight::varchar, 'expected': due.weight::varchar,
                    'is_right': given.weight is not distinct from due.weight
                },
                {
                    'column_name': 'points', 'found': given.points::varchar, 'expected': due.points::varchar,
                    'is_right': as_published(given.points, due.points, 12)
                },
                {
                    'column_name': 'derived', 'found': given.derived::varchar, 'expected': (made.iso3 is not null)::varchar,
                    'is_right': given.derived is not distinct from (made.iso3 is not null)
                },
                {
                    'column_name': 'pillar', 'found': given.pillar, 'expected': due.pillar,
                    'is_right': given.pillar is not distinct from due.pillar
                },
                {
                    'column_name': 'concept', 'found': given.concept, 'expected': due.concept,
                    'is_right': given.concept is not distinct from due.concept
                }
            ],
            recursive := true
        )
    from recomputed.indicators as due
    full join candidate.indicator_scores as given using (edition, iso3, indicator)
    left join recomputed.derived as made using (edition, iso3, indicator)
)

select
    edition,
    iso3,
    indicator,
    column_name,
    if(is_missing, 'no row', found) as found,
    if(is_surplus, 'no row', expected) as expected
from cells
where not is_right or is_missing or is_surplus
