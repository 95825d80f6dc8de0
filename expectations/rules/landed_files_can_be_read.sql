-- Every Parquet file and receipt of the inputs can be read.
select
    kind,
    digest,
    reason as found,
    'a readable file' as expected
from landing.unreadable
