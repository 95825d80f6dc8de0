with
source as (
    select * from {{ ref('seed_gca_measures') }}
)

select
    activity,
    measure,
    label_en,
    statistic,
    subject,
    about,
    threshold,
    unit,
    note
from source
