with
audited as (
    {{ audited('left_out') }}
),

typed as (
    select
        edition,
        cast(one.node as varchar) as node,
        cast(one.level as varchar) as level,
        cast(one.tiers_changed as integer) as tiers_changed,
        cast(one.tiers_changed_share as double) as tiers_changed_share,
        cast(one.mean_rank_shift as double) as mean_rank_shift,
        cast(one.largest_rank_shift as integer) as largest_rank_shift,
        cast(one.spearman as double) as spearman
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
