with
audited as (
    {{ audited('method_scenarios') }}
),

typed as (
    select
        edition,
        cast(scenario as integer) as scenario,
        cast(aggregation as varchar) as aggregation,
        cast(pillar_weights as varchar) as pillar_weights,
        cast(indicator_weights as varchar) as indicator_weights,
        cast(partial as varchar) as partial,
        cast(published as boolean) as published,
        cast(tiers_changed as double) as tiers_changed,
        cast(mean_rank_shift as double) as mean_rank_shift
    from audited
)

select * from typed
