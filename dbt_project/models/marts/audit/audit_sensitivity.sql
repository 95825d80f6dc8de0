with
audited as (
    {{ audited('method_sensitivity') }}
),

typed as (
    select
        edition,
        cast(outcome as varchar) as outcome,
        cast(factor as varchar) as factor,
        cast(first_order as double) as first_order,
        cast(shapley as double) as shapley,
        cast(variance as double) as variance
    from audited
)

select * from typed
