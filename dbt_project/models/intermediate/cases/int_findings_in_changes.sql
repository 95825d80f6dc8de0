-- An indicator that stands far from where the state's return of the edition before had it.
with
scores as (
    select * from {{ ref('int_case_scores') }}
),

answers as (
    select * from {{ ref('int_case_answers') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

kinds as (
    select * from {{ ref('stg_reference__case_kinds') }}
    where kind = 'big_change'
),

pairs as (
    select
        later.edition,
        arg_max(earlier.edition, (earlier.reference_year, earlier.edition)) as earlier_edition
    from editions as later
    inner join editions as earlier on later.reference_year > earlier.reference_year
    group by later.edition
),

far_apart as (
    select
        later.edition,
        later.iso3,
        later.indicator,
        later.return_digest,
        later.collector,
        {{ interval_overlap('later', 'earlier') }},
        format('{:.2f}', later.score) as said,
        format('{:.2f} {}', earlier.score, earlier.edition) as held_against
    from scores as later
    inner join pairs using (edition)
    inner join scores as earlier
        on pairs.earlier_edition = earlier.edition and later.iso3 = earlier.iso3 and later.concept = earlier.concept
    inner join kinds on abs(later.score - earlier.score) >= kinds.threshold
),

item_by_item as (
    select
        far_apart.* exclude (return_digest),
        answers.item,
        answers.reviewed_at,
        answers.review_digest
    from far_apart
    inner join answers using (edition, iso3, indicator, return_digest, collector)
)

select
    {{ finding("'big_change'", 'indicator', 'opened_by') }},
    said,
    held_against
from item_by_item
where coalesce(valid_from < valid_to, true)
