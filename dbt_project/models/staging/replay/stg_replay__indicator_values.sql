-- What `gci replay` writes into returns: the values that were published, one row each.
with
source as (
    select * from {{ source('replay', 'indicator_values') }}
),

one_row_per_value as (
    unpivot (select * exclude (collector) from source)
    on columns(* exclude (filename, iso3))
    into name item value answer
)

select
    regexp_extract(filename, '_([0-9]+)[.]csv$', 1) as edition,
    iso3,
    item,
    answer
from one_row_per_value
