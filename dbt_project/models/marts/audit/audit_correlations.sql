with
audited as (
    {{ audited('correlations') }}
),

typed as (
    select
        edition,
        cast(node as varchar) as node,
        cast(other as varchar) as other,
        cast(level as varchar) as level,
        cast(relation as varchar) as relation,
        cast(pearson as double) as pearson,
        cast(spearman as double) as spearman,
        cast(mark as varchar) as mark
    from audited
)

select * from typed
