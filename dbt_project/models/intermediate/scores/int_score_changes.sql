with
dimension_scores as (
    select * from {{ ref('int_dimension_scores') }}
),

pairs as (
    select * from {{ ref('int_dimension_comparability') }}
),

at_constant_weights as (
    select * from {{ ref('int_changes_at_constant_weights') }}
),

changes as (
    select
        later.iso3,
        pairs.from_edition,
        pairs.to_edition,
        pairs.dimension,
        round(later.score - earlier.score, 9) + 0 as change,
        at_constant_weights.change_at_constant_weights,
        if(earlier.has_data and later.has_data, pairs.comparability, 'neither') as comparability,
        concat_ws(
            '; ',
            case when not earlier.has_data then 'no data in ' || pairs.from_edition end,
            case when not later.has_data then 'no data in ' || pairs.to_edition end,
            'no longer in this dimension: ' || array_to_string(nullif(pairs.concepts_left, []), ', '),
            'new in this dimension: ' || array_to_string(nullif(pairs.concepts_new, []), ', '),
            case when pairs.comparability = 'same_concept' then 'the same concepts, not the same questions' end
        ) as remarks
    from pairs
    inner join dimension_scores as later
        on pairs.to_edition = later.edition and pairs.dimension = later.dimension
    inner join dimension_scores as earlier
        on pairs.from_edition = earlier.edition
        and pairs.dimension = earlier.dimension
        and later.iso3 = earlier.iso3
    left join at_constant_weights
        on pairs.from_edition = at_constant_weights.from_edition
        and pairs.to_edition = at_constant_weights.to_edition
        and pairs.dimension = at_constant_weights.dimension
        and later.iso3 = at_constant_weights.iso3
)

select
    iso3,
    from_edition,
    to_edition,
    dimension,
    change,
    change_at_constant_weights,
    comparability = 'same_questions' as comparable,
    comparability,
    nullif(remarks, '') as note
from changes
