with
partner_values as (
    select * from {{ ref('int_partner_values') }}
)

select * from partner_values
