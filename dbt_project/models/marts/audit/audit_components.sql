with
audited as (
    {{ audited('principal_components') }}
),

typed as (
    select
        edition,
        cast(one.node as varchar) as node,
        cast(one.component as integer) as component,
        cast(one.eigenvalue as double) as eigenvalue,
        cast(one.share as double) as share,
        cast(one.cumulated as double) as cumulated,
        cast(one.kept as boolean) as kept
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
