with
audited as (
    {{ audited('method_sensitivity') }}
),

typed as (
    select
        edition,
        cast(one.outcome as varchar) as outcome,
        cast(one.factor as varchar) as factor,
        cast(one.first_order as double) as first_order,
        cast(one.shapley as double) as shapley,
        cast(one.variance as double) as variance
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
