with
partner_support as (
    select * from {{ ref('int_partner_support') }}
)

select * from partner_support
