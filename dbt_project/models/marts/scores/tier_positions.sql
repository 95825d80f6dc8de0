-- Every state against the thresholds of its own edition, and against those that were published since.
with
overall_scores as (
    select * from {{ ref('overall_scores') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
),

tiers as (
    select * from {{ ref('tiers') }}
),

applied as (
    select distinct
        scored.edition,
        thresholds.edition as thresholds_of
    from editions as scored
    inner join editions as thresholds
        on
        scored.edition = thresholds.edition
        or (
            (scored.reference_year, scored.edition) < (thresholds.reference_year, thresholds.edition)
            and thresholds.status = 'published'
        )
    inner join tiers on thresholds.edition = tiers.edition
),

placed as (
    select
        overall_scores.edition,
        overall_scores.iso3,
        applied.thresholds_of,
        overall_scores.score,
        arg_max(tiers.tier, tiers.minimum) filter (where tiers.minimum <= overall_scores.score) as tier,
        arg_max(tiers.label_en, tiers.minimum) filter (where tiers.minimum <= overall_scores.score) as tier_label,
        arg_min(tiers.tier, tiers.minimum) filter (where tiers.minimum > overall_scores.score) as next_tier,
        round(min(tiers.minimum) filter (where tiers.minimum > overall_scores.score) - overall_scores.score, 9)
            as points_to_next_tier,
        overall_scores.edition != applied.thresholds_of as recomputed
    from overall_scores
    inner join applied using (edition)
    inner join tiers on applied.thresholds_of = tiers.edition
    group by overall_scores.edition, overall_scores.iso3, applied.thresholds_of, overall_scores.score
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from placed
