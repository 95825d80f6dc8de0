-- Returns of an edition are all synthetic or all real, and an edition that has been published has no synthetic ones.
select
    edition,
    iso3,
    collector,
    return_digest,
    synthetic as found,
    if(editions.status = 'published', 'false: the edition is published', 'the same for all returns of the edition')
        as expected
from candidate.returns_received
inner join seeds.editions as editions using (edition)
where
    (synthetic and editions.status = 'published')
    or edition in (
        select mixed.edition
        from candidate.returns_received as mixed
        group by mixed.edition
        having count(distinct mixed.synthetic) > 1
    )
