with
source as (
    select * from {{ ref('seed_member_states') }}
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
from source
