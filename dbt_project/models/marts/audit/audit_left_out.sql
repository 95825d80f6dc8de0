with
audited as (
    {{ audited('left_out') }}
),

typed as (
    select
        edition,
        cast(node as varchar) as node,
        cast(level as varchar) as level,
        cast(tiers_changed as integer) as tiers_changed,
        cast(tiers_changed_share as double) as tiers_changed_share,
        cast(mean_rank_shift as double) as mean_rank_shift,
        cast(largest_rank_shift as integer) as largest_rank_shift,
        cast(spearman as double) as spearman
    from audited
)

select * from typed
