-- Neighbours alone: all pairs of 194 states are 37,442 rows an edition. They go out as audit/pairs.parquet.
with
audited as (
    {{ audited('pair_probabilities') }}
),

pairs as (
    select
        edition,
        cast(one.iso3 as varchar) as iso3,
        cast(one.other as varchar) as other,
        cast(one.probability as double) as probability,
        cast(one.tied as double) as tied
    from audited
),

overall_scores as (
    select * from {{ ref('overall_scores') }}
    where score is not null
),

in_order as (
    select
        edition,
        iso3,
        score,
        lead(iso3) over (partition by edition order by score desc, iso3 asc) as next_iso3,
        lead(score) over (partition by edition order by score desc, iso3 asc) as next_score
    from overall_scores
),

neighbours as (
    select
        in_order.edition,
        in_order.iso3,
        in_order.next_iso3,
        round(in_order.score - in_order.next_score, 9) as difference,
        pairs.probability as probability_above,
        pairs.tied as probability_equal
    from in_order
    inner join pairs
        on
        in_order.edition = pairs.edition
        and in_order.iso3 = pairs.iso3
        and in_order.next_iso3 = pairs.other
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from neighbours
