-- Answers that do not go with a no to what they depend on (seed question_dependencies), while a return says both.
-- What it depends on is a question, or an indicator whose questions are all answered with no.
with
answers as (
    select * from {{ ref('int_case_answers') }}
),

answer_values as (
    select * from {{ ref('int_answer_values') }}
),

dependencies as (
    select
        listed.edition,
        listed.question,
        listed.depends_on,
        answer_values.value as contradicts
    from {{ ref('stg_reference__question_dependencies') }} as listed
    inner join answer_values using (edition, answer)
),

held_against as (
    select
        dependent.edition,
        dependent.iso3,
        dependent.collector,
        dependent.return_digest,
        dependent.item as question,
        dependencies.depends_on,
        list(needed.item) as needed
    from answers as dependent
    inner join dependencies
        on dependent.edition = dependencies.edition
        and dependent.item = dependencies.question
        and dependent.answer = dependencies.contradicts
    inner join answers as needed
        on dependent.return_digest = needed.return_digest
        and dependent.edition = needed.edition
        and dependent.iso3 = needed.iso3
        and dependent.collector = needed.collector
        and dependencies.depends_on in (needed.item, needed.indicator)
    group by all
    having count(*) = count(*) filter (where needed.answer = 0)
),

concerned as (
    select distinct
        edition,
        iso3,
        collector,
        return_digest,
        depends_on,
        unnest(list_prepend(question, needed)) as item
    from held_against
),

points as (
    select
        answers.*,
        concerned.depends_on
    from concerned
    inner join answers using (edition, iso3, collector, return_digest, item)
)

select
    {{ finding("'answers_contradict'", 'depends_on') }},
    depends_on as held_against
from points
