-- A dimension asks the same in two editions when each of its concepts does; it compares with nothing when one has moved.
with
levels as (
    select
        from_edition,
        to_edition,
        unnest([pillar, 'overall']) as dimension,
        comparability
    from {{ ref('indicator_comparability') }}
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

pairs as (
    select
        int_edition_pairs.*,
        case
            when len(concepts_left) > 0 or len(concepts_new) > 0 then 'neither'
            when asked_alike.same_questions then 'same_questions'
            else 'same_concept'
        end as comparability
    from {{ ref('int_edition_pairs') }} as int_edition_pairs
    left join asked_alike using (from_edition, to_edition, dimension)
)

select * from pairs
