with
audited as (
    {{ audited('principal_components') }}
),

typed as (
    select
        edition,
        cast(node as varchar) as node,
        cast(component as integer) as component,
        cast(eigenvalue as double) as eigenvalue,
        cast(share as double) as share,
        cast(cumulated as double) as cumulated,
        cast(kept as boolean) as kept
    from audited
)

select * from typed
