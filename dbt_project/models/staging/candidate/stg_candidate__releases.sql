with
source as (
    select * from {{ source('candidate', 'releases') }}
)

select * from source
