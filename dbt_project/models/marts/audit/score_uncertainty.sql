with
audited as (
    {{ audited('score_uncertainty') }}
),

typed as (
    select
        edition,
        cast(iso3 as varchar) as iso3,
        cast(score_q05 as double) as score_q05,
        cast(score_median as double) as score_median,
        cast(score_q95 as double) as score_q95,
        cast(rank_q05 as double) as rank_q05,
        cast(rank_median as double) as rank_median,
        cast(rank_q95 as double) as rank_q95,
        cast(tier_probabilities as double[]) as tier_probabilities,
        cast(tier_probability as double) as tier_probability,
        cast(tier_sure as boolean) as tier_sure,
        cast(tier_best as integer) as tier_best,
        cast(tier_worst as integer) as tier_worst,
        cast(rank_best as integer) as rank_best,
        cast(rank_worst as integer) as rank_worst,
        cast(to_next_cut as double) as to_next_cut,
        cast(above_cut as double) as above_cut,
        cast(changes_up as integer) as changes_up,
        cast(changes_down as integer) as changes_down
    from audited
)

select * from typed
