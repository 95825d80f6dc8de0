with
source as (
    {{ allotment_seeds() }}
)

select
    edition,
    expert,
    node,
    points
from source
