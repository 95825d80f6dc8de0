-- The returns of an edition are all synthetic or all real: a rehearsal needs a data folder of its own.
select
    edition,
    return_digest,
    any_value(file) as file,
    if(bool_or(coalesce(synthetic, false)), 'synthetic', 'real') as found,
    'all synthetic or all real, or another data folder for the rehearsal' as expected
from landing.survey
where
    edition in (
        select mixed.edition
        from landing.survey as mixed
        group by mixed.edition
        having count(distinct coalesce(mixed.synthetic, false)) > 1
    )
group by edition, return_digest
