-- What the answers of one return make of an indicator. Only where all its items are answered: what is missing is a case
-- of its own and must not look like a change.
with
answers as (
    select * from {{ ref('int_case_answers') }}
),

summed as (
    select
        return_digest,
        edition,
        iso3,
        collector,
        indicator,
        concept,
        valid_from,
        valid_to,
        closed_by,
        round({{ indicator_score('weight_in_indicator', 'answer', 'item') }}, 9) as score
    from answers
    group by return_digest, edition, iso3, collector, indicator, concept, valid_from, valid_to, closed_by
    having count(*) = count(answer)
)

select * from summed
