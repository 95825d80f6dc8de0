with
audited as (
    {{ audited('importance') }}
),

typed as (
    select
        edition,
        cast(one.node as varchar) as node,
        cast(one.parent as varchar) as parent,
        cast(one.level as varchar) as level,
        cast(one.weight as double) as weight,
        cast(one.importance as double) as importance,
        cast(one.importance_share as double) as importance_share,
        cast(one.variance_share as double) as variance_share,
        cast(one.ratio as double) as ratio
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
