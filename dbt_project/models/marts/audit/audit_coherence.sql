with
audited as (
    {{ audited('coherence') }}
),

typed as (
    select
        edition,
        cast(node as varchar) as node,
        cast(level as varchar) as level,
        cast(children as integer) as children,
        cast(alpha as double) as alpha,
        cast(kr20 as double) as kr20,
        cast(mean_correlation as double) as mean_correlation,
        cast(items as integer) as items,
        cast(alpha_items as double) as alpha_items,
        cast(components as integer) as components,
        cast(explained as double) as explained
    from audited
)

select * from typed
