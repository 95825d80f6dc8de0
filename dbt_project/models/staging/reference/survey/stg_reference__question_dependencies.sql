with
source as (
    select * from {{ ref('seed_question_dependencies') }}
)

select
    edition,
    question,
    answer,
    depends_on,
    note
from source
