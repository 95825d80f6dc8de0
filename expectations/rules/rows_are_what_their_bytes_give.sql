-- Of what went into no release yet: the readers read the same rows once more from the bytes as received.
select
    kind,
    digest,
    file,
    column_name,
    found,
    expected
from landing.read_again
