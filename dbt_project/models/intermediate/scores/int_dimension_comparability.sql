-- A dimension asks the same in two editions when each of its concepts does; where one moved it compares with nothing.
with
levels as (
    select
        from_edition,
        to_edition,
        unnest([pillar, 'overall']) as dimension,
        comparability
    from {{ ref('int_indicator_comparability') }}
),

asked_alike as (
    select
        from_edition,
        to_edition,
        dimension,
        bool_and(comparability = 'same_questions') as same_questions
    from levels
    group by from_edition, to_edition, dimension
),

edition_pairs as (
    select * from {{ ref('int_edition_pairs') }}
),

pairs as (
    select
        edition_pairs.from_edition,
        edition_pairs.to_edition,
        edition_pairs.dimension,
        edition_pairs.concepts_left,
        edition_pairs.concepts_new,
        case
            when len(edition_pairs.concepts_left) > 0 or len(edition_pairs.concepts_new) > 0 then 'neither'
            when asked_alike.same_questions then 'same_questions'
            else 'same_concept'
        end as comparability
    from edition_pairs
    left join asked_alike using (from_edition, to_edition, dimension)
)

select * from pairs
