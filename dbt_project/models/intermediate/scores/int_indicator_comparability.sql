-- What is said of an indicator across editions, beside the values that its states have in each.
with
pairs as (
    select distinct
        from_edition,
        to_edition
    from {{ ref('int_edition_pairs') }}
),

judged as (
    select * from {{ ref('stg_reference__comparability') }}
),

indicators as (
    select
        edition,
        concept,
        pillar,
        indicator,
        cast(count(distinct score) as integer) as distinct_scores
    from {{ ref('int_indicator_scores') }}
    group by edition, concept, pillar, indicator
),

compared as (
    select
        pairs.from_edition,
        pairs.to_edition,
        later.concept,
        later.pillar,
        earlier.indicator as from_indicator,
        later.indicator as to_indicator,
        coalesce(judged.comparability, 'same_concept') as comparability,
        earlier.distinct_scores as from_distinct_scores,
        later.distinct_scores as to_distinct_scores,
        coalesce(judged.reason, 'Nobody has judged yet whether the same was asked.') as reason
    from pairs
    inner join indicators as later on pairs.to_edition = later.edition
    inner join indicators as earlier
        on pairs.from_edition = earlier.edition and later.concept = earlier.concept
    left join judged
        on pairs.from_edition = judged.from_edition
        and pairs.to_edition = judged.to_edition
        and later.concept = judged.concept
)

select * from compared
