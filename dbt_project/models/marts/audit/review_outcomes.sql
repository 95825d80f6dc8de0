with
answers as (
    select * from {{ ref('answers') }}
    where source = 'reviewed'
),

claims as (
    select * from {{ ref('int_answers_claimed') }}
    where answer is not null
),

counted as (
    select
        answers.edition,
        answers.pillar,
        claims.answer as claimed,
        answers.answer as final,
        cast(count(*) as integer) as answers
    from answers
    inner join claims using (edition, iso3, item)
    group by answers.edition, answers.pillar, claims.answer, answers.answer
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from counted
