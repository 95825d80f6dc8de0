-- How far a source is from Data360 is their difference, and whether it differs is whether that is more than rounding.
with
due as (
    select
        printed.edition,
        printed.iso3,
        printed.source,
        round(printed.score - published.published::double, 9) as difference,
        abs(printed.score - published.published::double) > sources.tolerance::double as differs
    from candidate.published_history as printed
    left join seeds.published_sources as sources on (sources.edition, sources.source) = (printed.edition, printed.source)
    left join seeds.published_scores as published
        on
            (published.edition, published.iso3, published.dimension, published.source) = (printed.edition, printed.iso3, 'overall', 'data360')
            and printed.source != 'data360'
),

cells as (
    select
        edition,
        iso3,
        source,
        unnest(
            [
                {
                    'column_name': 'difference_from_data360',
                    'found': given.difference_from_data360::varchar, 'expected': due.difference::varchar,
                    'is_right': near(given.difference_from_data360, due.difference, 2e-9)
                },
                {
                    'column_name': 'differs_from_data360',
                    'found': given.differs_from_data360::varchar, 'expected': due.differs::varchar,
                    'is_right': given.differs_from_data360 is not distinct from due.differs
                }
            ],
            recursive := true
        )
    from candidate.published_history as given
    inner join due using (edition, iso3, source)
)

select
    edition,
    iso3,
    source,
    column_name,
    found,
    expected
from cells
where not is_right
