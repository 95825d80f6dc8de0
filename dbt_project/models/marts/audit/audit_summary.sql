with
audited as (
    {{ audited('audit_summary') }}
),

typed as (
    select
        edition,
        cast(replications as integer) as replications,
        cast(seed as integer) as seed,
        cast(spread as double) as spread,
        cast(weights_from as varchar) as weights_from,
        cast(states as integer) as states,
        cast(tiers_always_kept as integer) as tiers_always_kept,
        cast(below_095 as integer) as below_095,
        cast(below_075 as integer) as below_075,
        cast(within_1_point as integer) as within_1_point,
        cast(within_2_points as integer) as within_2_points,
        cast(indistinct_points as double) as indistinct_points,
        cast(alpha as double) as alpha,
        cast(largest_difference as double) as largest_difference,
        cast(sentence as varchar) as sentence,
        cast(uncertain_answers as integer) as uncertain_answers,
        cast(partial_answers as integer) as partial_answers,
        cast(missing_answers as integer) as missing_answers,
        cast(unreviewed_answers as integer) as unreviewed_answers,
        cast(classes_without_reviews as integer) as classes_without_reviews
    from audited
)

select * from typed
