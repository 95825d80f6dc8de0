-- Each state and the next one below it, with what the audit made anew from the answers gives for the two.
with
in_order as (
    select
        edition,
        iso3,
        score,
        lead(iso3) over (partition by edition order by score desc, iso3) as next_iso3,
        lead(score) over (partition by edition order by score desc, iso3) as next_score
    from candidate.overall_scores
    where score is not null and edition in (from audited.editions)
),

due as (
    select
        in_order.edition,
        in_order.iso3,
        in_order.next_iso3,
        round(in_order.score - in_order.next_score, 9) as difference,
        pairs.probability,
        pairs.tied
    from in_order
    inner join audited.pairs as pairs
        on in_order.edition = pairs.edition and in_order.iso3 = pairs.iso3 and in_order.next_iso3 = pairs.other
),

given as (
    select * from candidate.score_pairs where edition in (from audited.editions)
)

select
    edition,
    iso3,
    coalesce(
        concat_ws(' ', given.next_iso3, given.difference, given.probability_above, given.probability_equal), 'no row'
    ) as found,
    coalesce(concat_ws(' ', due.next_iso3, due.difference, due.probability, due.tied), 'no row') as expected
from given
full join due using (edition, iso3)
where
    (given.next_iso3, given.difference, given.probability_above, given.probability_equal)
    is distinct from (due.next_iso3, due.difference, due.probability, due.tied)
