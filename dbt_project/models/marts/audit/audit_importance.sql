with
audited as (
    {{ audited('importance') }}
),

typed as (
    select
        edition,
        cast(node as varchar) as node,
        cast(parent as varchar) as parent,
        cast(level as varchar) as level,
        cast(weight as double) as weight,
        cast(importance as double) as importance,
        cast(importance_share as double) as importance_share,
        cast(variance_share as double) as variance_share,
        cast(ratio as double) as ratio
    from audited
)

select * from typed
