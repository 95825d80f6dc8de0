-- Of each partner that an edition needs a file has landed that is not older than its description allows.
select
    source,
    if(
        age_days is null,
        'nothing has landed',
        'last offered on ' || current_on || ', ' || age_days || ' days ago'
    ) as found,
    'at most ' || stale_days || ' days' as expected
from landing.sources
where required and (age_days is null or age_days > stale_days)
