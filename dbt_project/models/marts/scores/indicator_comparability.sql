with
indicator_comparability as (
    select * from {{ ref('int_indicator_comparability') }}
)

select * from indicator_comparability
