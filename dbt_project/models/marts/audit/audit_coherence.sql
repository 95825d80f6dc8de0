with
audited as (
    {{ audited('coherence') }}
),

typed as (
    select
        edition,
        cast(one.node as varchar) as node,
        cast(one.level as varchar) as level,
        cast(one.children as integer) as children,
        cast(one.alpha as double) as alpha,
        cast(one.kr20 as double) as kr20,
        cast(one.mean_correlation as double) as mean_correlation,
        cast(one.items as integer) as items,
        cast(one.alpha_items as double) as alpha_items,
        cast(one.components as integer) as components,
        cast(one.explained as double) as explained
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
