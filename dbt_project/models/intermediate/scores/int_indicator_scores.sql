-- I = Σ w·a; the weights of an indicator's items sum to 1: docs/method.md
with
answers as (
    select * from {{ ref('int_answers') }}
),

items as (
    select * from {{ ref('int_items') }}
),

summed as (
    select
        answers.edition,
        answers.iso3,
        items.pillar,
        items.indicator,
        items.concept,
        items.weight_of_indicator as weight,
        {{ indicator_score('items.weight_in_indicator', 'answers.answer', 'answers.item') }} as unrounded_score,
        coalesce(bool_or(answers.origin = 'derived'), false) as derived
    from answers
    inner join items using (edition, item)
    group by
        answers.edition,
        answers.iso3,
        items.pillar,
        items.indicator,
        items.concept,
        items.weight_of_indicator
),

in_points as (
    select
        edition,
        iso3,
        pillar,
        indicator,
        concept,
        round(unrounded_score, 9) as score,
        weight,
        round(weight * unrounded_score, 12) as points,
        derived
    from summed
)

select * from in_points
