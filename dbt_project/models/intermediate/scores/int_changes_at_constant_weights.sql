-- Both editions' indicator scores, concept by concept, under the weights and pillars of the later edition.
with
indicator_scores as (
    select
        *,
        points / weight as unrounded_score
    from {{ ref('int_indicator_scores') }}
),

pairs as (
    select distinct
        from_edition,
        to_edition
    from {{ ref('int_edition_pairs') }}
),

concept_changes as (
    select
        pairs.from_edition,
        pairs.to_edition,
        later.iso3,
        later.indicator,
        unnest([later.pillar, 'overall']) as dimension,
        later.weight * (later.unrounded_score - earlier.unrounded_score) as change
    from pairs
    inner join indicator_scores as later on pairs.to_edition = later.edition
    left join indicator_scores as earlier
        on pairs.from_edition = earlier.edition
        and later.iso3 = earlier.iso3
        and later.concept = earlier.concept
),

summed as (
    select
        from_edition,
        to_edition,
        iso3,
        dimension,
        -- adding 0 turns a negative zero into zero
        case when count(*) = count(change) then round(sum(change order by indicator), 9) + 0 end
            as change_at_constant_weights
    from concept_changes
    group by from_edition, to_edition, iso3, dimension
)

select * from summed
