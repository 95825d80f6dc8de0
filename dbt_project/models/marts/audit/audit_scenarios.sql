with
audited as (
    {{ audited('method_scenarios') }}
),

typed as (
    select
        edition,
        cast(one.scenario as integer) as scenario,
        cast(one.aggregation as varchar) as aggregation,
        cast(one.pillar_weights as varchar) as pillar_weights,
        cast(one.indicator_weights as varchar) as indicator_weights,
        cast(one.partial as varchar) as partial,
        cast(one.published as boolean) as published,
        cast(one.tiers_changed as double) as tiers_changed,
        cast(one.mean_rank_shift as double) as mean_rank_shift
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
