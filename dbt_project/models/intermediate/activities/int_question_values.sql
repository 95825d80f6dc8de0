-- What states with data answered to single questions, in the shape of what else there is to measure by.
with
questions as (
    select * from {{ ref('int_framework_nodes') }}
    where level = 'question'
),

answers as (
    select * from {{ ref('int_answers') }}
    where answer is not null
),

overall_scores as (
    select * from {{ ref('int_overall_scores') }}
    where respondent_status != 'no_data'
),

answered as (
    select
        answers.edition,
        answers.iso3,
        'question' as subject,
        questions.concept as about,
        answers.item as code,
        answers.answer as value
    from answers
    inner join questions on answers.edition = questions.edition and answers.item = questions.node
    inner join overall_scores on answers.edition = overall_scores.edition and answers.iso3 = overall_scores.iso3
)

select * from answered
