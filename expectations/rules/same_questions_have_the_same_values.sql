-- What is said to have been asked alike could be answered alike: where an edition has indicators for items, its states'
-- scores are the values that were possible, and where it has questions, they and the answers that they allow. Of two
-- editions one of which has no questions nobody can say it.
with
scores as (
    select
        edition,
        indicator,
        list_sort(list(distinct score)) as known
    from candidate.indicator_scores
    where score is not null
    group by edition, indicator
),

questions as (
    select
        edition,
        parent as indicator,
        list_sort(list(concept || if(allows_partial, ' yes, partial, no', ' yes, no') || ' × ' || weight_fraction)) as asked
    from candidate.framework
    where level = 'question'
    group by edition, parent
)

select
    said.from_edition,
    said.to_edition,
    said.concept,
    said.comparability as found,
    format(
        'same_concept: {} values or questions in {}, {} in {}, and not the same',
        coalesce(len(were.asked), len(before.known)),
        said.from_edition,
        coalesce(len(are.asked), len(now.known)),
        said.to_edition
    ) as expected
from candidate.indicator_comparability as said
left join scores as before on (before.edition, before.indicator) = (said.from_edition, said.from_indicator)
left join scores as now on (now.edition, now.indicator) = (said.to_edition, said.to_indicator)
left join questions as were on (were.edition, were.indicator) = (said.from_edition, said.from_indicator)
left join questions as are on (are.edition, are.indicator) = (said.to_edition, said.to_indicator)
where
    said.comparability = 'same_questions'
    and if(were.asked is null and are.asked is null, before.known is distinct from now.known, were.asked is distinct from are.asked)
