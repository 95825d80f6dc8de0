with
audited as (
    {{ audited('correlations') }}
),

typed as (
    select
        edition,
        cast(one.node as varchar) as node,
        cast(one.other as varchar) as other,
        cast(one.level as varchar) as level,
        cast(one.relation as varchar) as relation,
        cast(one.pearson as double) as pearson,
        cast(one.spearman as double) as spearman,
        cast(one.mark as varchar) as mark
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
