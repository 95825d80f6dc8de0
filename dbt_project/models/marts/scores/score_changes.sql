with
score_changes as (
    select * from {{ ref('int_score_changes') }}
)

select * from score_changes
