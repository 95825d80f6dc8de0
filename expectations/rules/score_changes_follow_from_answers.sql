-- Changes between editions, as published and with the later edition's weights, and whether they compare.
with
by_concept as (
    select
        pairs.from_edition,
        pairs.to_edition,
        later.iso3,
        unnest([later.pillar, 'overall']) as dimension,
        later.indicator,
        later.weight * (later.score - earlier.score) as change
    from recomputed.pairs as pairs
    inner join recomputed.indicators as later on pairs.to_edition = later.edition
    left join recomputed.indicators as earlier
        on
            pairs.from_edition = earlier.edition
            and later.iso3 = earlier.iso3
            and later.concept = earlier.concept
),

constant_weights as (
    select
        from_edition,
        to_edition,
        iso3,
        dimension,
        if(count(*) = count(change), sum(change order by indicator), null) as change
    from by_concept
    group by from_edition, to_edition, iso3, dimension
),

due as (
    select
        later.iso3,
        pairs.from_edition,
        pairs.to_edition,
        later.dimension,
        later.score - earlier.score as change,
        constant_weights.change as change_at_constant_weights,
        case
            when not earlier.has_data or not later.has_data or moved.gone is not null or moved.new is not null
                then 'neither'
            when exists (
                from recomputed.indicator_comparability as told
                where
                    (told.from_edition, told.to_edition) = (pairs.from_edition, pairs.to_edition)
                    and later.dimension in ('overall', told.pillar)
                    and told.comparability != 'same_questions'
            ) then 'same_concept'
            else 'same_questions'
        end as comparability,
        nullif(
            concat_ws(
                '; ',
                if(earlier.has_data, null, 'no data in ' || pairs.from_edition),
                if(later.has_data, null, 'no data in ' || pairs.to_edition),
                'no longer in this dimension: ' || array_to_string(moved.gone, ', '),
                'new in this dimension: ' || array_to_string(moved.new, ', '),
                if(
                    moved.gone is null and moved.new is null and exists (
                        from recomputed.indicator_comparability as told
                        where
                            (told.from_edition, told.to_edition) = (pairs.from_edition, pairs.to_edition)
                            and later.dimension in ('overall', told.pillar)
                            and told.comparability != 'same_questions'
                    ),
                    'the same concepts, not the same questions',
                    null
                )
            ),
            ''
        ) as note
    from recomputed.pairs as pairs
    inner join recomputed.with_data as later on pairs.to_edition = later.edition
    inner join recomputed.with_data as earlier
        on pairs.from_edition = earlier.edition and later.iso3 = earlier.iso3 and later.dimension = earlier.dimension
    left join recomputed.moved_concepts as moved
        on
            (pairs.from_edition, pairs.to_edition, later.dimension)
            = (moved.from_edition, moved.to_edition, moved.dimension)
    left join constant_weights
        on
            (pairs.from_edition, pairs.to_edition, later.iso3, later.dimension)
            = (
                constant_weights.from_edition,
                constant_weights.to_edition,
                constant_weights.iso3,
                constant_weights.dimension
            )
),

cells as (
    select
        iso3,
        from_edition,
        to_edition,
        dimension,
        given.iso3 is null as is_missing,
        due.iso3 is null as is_surplus,
        unnest(
            [
                {
                    'column_name': 'change', 'found': given.change::varchar, 'expected': due.change::varchar,
                    'is_right': is_score(given.change, due.change)
                },
                {
                    'column_name': 'change_at_constant_weights',
                    'found': given.change_at_constant_weights::varchar,
                    'expected': due.change_at_constant_weights::varchar,
                    'is_right': is_score(given.change_at_constant_weights, due.change_at_constant_weights)
                },
                {
                    'column_name': 'comparable',
                    'found': given.comparable::varchar, 'expected': (due.comparability = 'same_questions')::varchar,
                    'is_right': given.comparable is not distinct from (due.comparability = 'same_questions')
                },
                {
                    'column_name': 'comparability', 'found': given.comparability, 'expected': due.comparability,
                    'is_right': given.comparability is not distinct from due.comparability
                },
                {
                    'column_name': 'note', 'found': given.note, 'expected': due.note,
                    'is_right': given.note is not distinct from due.note
                }
            ],
            recursive := true
        )
    from due
    full join candidate.score_changes as given using (iso3, from_edition, to_edition, dimension)
)

select
    iso3,
    from_edition,
    to_edition,
    dimension,
    column_name,
    if(is_missing, 'no row', found) as found,
    if(is_surplus, 'no row', expected) as expected
from cells
where not is_right or is_missing or is_surplus
