with
frameworks as (
    {{ framework_seeds() }}
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
        cast(weight_numerator as double) / cast(weight_denominator as double) as weight,
        weight_numerator || '/' || weight_denominator as weight_fraction,
        allows_partial
    from frameworks
)

select * from weighted
