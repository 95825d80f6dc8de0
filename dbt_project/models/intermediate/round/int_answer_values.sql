-- What each answer to a question counts in each edition: the one place that reads it.
with
answer_values as (
    select * from {{ ref('stg_reference__answer_values') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

held as (
    select
        editions.edition,
        answer_values.answer,
        answer_values.value
    from editions
    inner join answer_values on editions.edition >= answer_values.from_edition
    qualify row_number() over (
        partition by editions.edition, answer_values.answer order by answer_values.from_edition desc
    ) = 1
)

select * from held
