with
audited as (
    {{ audited('score_uncertainty') }}
),

typed as (
    select
        edition,
        cast(one.iso3 as varchar) as iso3,
        cast(one.score_q05 as double) as score_q05,
        cast(one.score_median as double) as score_median,
        cast(one.score_q95 as double) as score_q95,
        cast(one.rank_q05 as double) as rank_q05,
        cast(one.rank_median as double) as rank_median,
        cast(one.rank_q95 as double) as rank_q95,
        cast(one.tier_probabilities as double[]) as tier_probabilities,
        cast(one.tier_probability as double) as tier_probability,
        cast(one.tier_sure as boolean) as tier_sure,
        cast(one.tier_best as integer) as tier_best,
        cast(one.tier_worst as integer) as tier_worst,
        cast(one.rank_best as integer) as rank_best,
        cast(one.rank_worst as integer) as rank_worst,
        cast(one.to_next_cut as double) as to_next_cut,
        cast(one.above_cut as double) as above_cut,
        cast(one.changes_up as integer) as changes_up,
        cast(one.changes_down as integer) as changes_down
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
