-- Of two decisions about the same thing that say otherwise one answers the other, or the same answers both.
with
standing as (
    select
        *,
        if(kind in ('membership', 'group_class', 'prerelease_access'), day, null) as from_day,
        if(kind = 'group_class' and subject = 'development', was, null) as leaving,
        if(kind = 'revocation', answers, null) as revoked
    from candidate.decisions
    where answered_by is null
)

select
    later.id,
    earlier.id || ': ' || concat_ws(', ', earlier.was, earlier.value, earlier.day) as found,
    later.id || ': ' || concat_ws(', ', later.was, later.value, later.day) as expected
from standing as later
inner join standing as earlier
    on (earlier.edition, earlier.kind) = (later.edition, later.kind)
    and earlier.id < later.id
    and (earlier.iso3, earlier.subject, earlier.from_day, earlier.leaving, earlier.revoked)
    is not distinct from (later.iso3, later.subject, later.from_day, later.leaving, later.revoked)
where (earlier.was, earlier.value, earlier.day) is distinct from (later.was, later.value, later.day)
