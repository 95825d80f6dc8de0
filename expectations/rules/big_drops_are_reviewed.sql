-- Who fell by more than 20 points since the edition before is in reviewed_changes with that change and a note.
with
in_order as (
    select
        edition,
        lag(edition) over (order by reference_year, edition) as edition_before
    from recomputed.editions
),

drops as (
    select
        edition_before as from_edition,
        edition as to_edition,
        later.iso3,
        later.score - earlier.score as change
    from in_order
    inner join candidate.overall_scores as later using (edition)
    inner join candidate.overall_scores as earlier
        on in_order.edition_before = earlier.edition and later.iso3 = earlier.iso3
    where later.score - earlier.score < -20
),

reviewed as (
    select
        from_edition,
        to_edition,
        iso3,
        change::double as reviewed_change
    from seeds.reviewed_changes
    inner join in_order on to_edition = edition and from_edition = edition_before
    where trim(coalesce(note, '')) != '' and trim(coalesce(reviewer, '')) != ''
)

select
    from_edition,
    to_edition,
    iso3,
    if(drops.iso3 is null, 'no drop of more than 20 points', 'a change of ' || round(change, 9)) as found,
    if(
        reviewed.iso3 is null,
        'a decision reviewed_drop with this change',
        'the reviewed change of ' || round(reviewed_change, 9)
    ) as expected
from drops
full join reviewed using (from_edition, to_edition, iso3)
where not near(change, reviewed_change, 1e-6)
