with
member_states as (
    select * from {{ ref('stg_reference__member_states') }}
)

select
    iso3,
    iso2,
    m49,
    name_en,
    name_fr,
    name_es,
    name_ar,
    name_zh,
    name_ru,
    itu_region
from member_states
