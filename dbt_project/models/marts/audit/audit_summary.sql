with
audited as (
    {{ audited('audit_summary') }}
),

typed as (
    select
        edition,
        cast(one.replications as integer) as replications,
        cast(one.seed as integer) as seed,
        cast(one.spread as double) as spread,
        cast(one.weights_from as varchar) as weights_from,
        cast(one.states as integer) as states,
        cast(one.tiers_always_kept as integer) as tiers_always_kept,
        cast(one.below_095 as integer) as below_095,
        cast(one.below_075 as integer) as below_075,
        cast(one.within_1_point as integer) as within_1_point,
        cast(one.within_2_points as integer) as within_2_points,
        cast(one.indistinct_points as double) as indistinct_points,
        cast(one.alpha as double) as alpha,
        cast(one.largest_difference as double) as largest_difference,
        cast(one.sentence as varchar) as sentence,
        cast(one.uncertain_answers as integer) as uncertain_answers,
        cast(one.partial_answers as integer) as partial_answers,
        cast(one.missing_answers as integer) as missing_answers,
        cast(one.unreviewed_answers as integer) as unreviewed_answers,
        cast(one.classes_without_reviews as integer) as classes_without_reviews
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
