-- Weights stand in the tree or, where they do not, are the mean of what the experts allot.
with
frameworks as (
    select * from {{ ref('stg_reference__frameworks') }}
),

allotted as (
    select * from {{ ref('int_weights_by_edition') }}
),

with_fractions as (
    select
        frameworks.*,
        coalesce(frameworks.weight_numerator, allotted.weight_numerator) as numerator,
        coalesce(frameworks.weight_denominator, allotted.weight_denominator) as denominator
    from frameworks
    left join allotted using (edition, node)
),

weighted as (
    select
        edition,
        node,
        parent,
        level,
        pillar,
        concept,
        label_en,
        cast(numerator as double) / cast(denominator as double) as weight,
        numerator || '/' || denominator as weight_fraction,
        allows_partial,
        evidence_required
    from with_fractions
)

select * from weighted
