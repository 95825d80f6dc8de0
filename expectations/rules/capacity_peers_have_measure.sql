-- The peers shown with a gap are the five of its group nearest in score that took the step, each with its own evidence.
with
scored as (
    select
        edition,
        iso3,
        score
    from recomputed.with_data
    where dimension = 'overall' and has_data and score is not null
),

-- Each side once, and small: with many states there are a thousand times as many pairs, which pass and are not kept.
asking as materialized (
    select
        gaps.edition,
        gaps.iso3,
        gaps.grouping,
        gaps.member_group,
        gaps.place,
        gaps.item,
        gaps.next_answer,
        own.score
    from candidate.capacity_gaps as gaps
    inner join scored as own on own.edition = gaps.edition and own.iso3 = gaps.iso3
),

theirs as materialized (
    select
        groups.edition,
        groups.iso3,
        groups.grouping,
        groups.member_group,
        answers.item,
        answers.answer,
        scored.score
    from recomputed.group_members as groups
    inner join scored using (edition, iso3)
    inner join recomputed.answers as answers using (edition, iso3)
),

took_it as (
    select
        asking.edition,
        asking.iso3,
        asking.grouping,
        asking.place,
        asking.item,
        unnest(min_by(
            {'state': theirs.iso3, 'score': theirs.score},
            {'distance': abs(theirs.score - asking.score), 'state': theirs.iso3},
            5
        )) as nearest
    from asking
    inner join theirs using (edition, grouping, member_group, item)
    where theirs.iso3 != asking.iso3 and theirs.answer >= asking.next_answer
    group by asking.edition, asking.iso3, asking.grouping, asking.place, asking.item
),

due as (
    select
        took_it.* exclude (nearest),
        answers.iso3 as peer,
        nearest.score as peer_score,
        states.name_en as peer_state,
        answers.answer as peer_answer,
        answers.source,
        answers.evidence_url
    from took_it
    inner join candidate.answers as answers
        on answers.edition = took_it.edition and answers.iso3 = nearest.state and answers.item = took_it.item
    inner join seeds.member_states as states on states.iso3 = answers.iso3
)

select
    edition,
    iso3,
    grouping,
    item,
    peer,
    if(
        given.edition is null,
        'no row',
        concat_ws(' ', given.peer_state, given.place, given.peer_answer, given.peer_score, given.source, given.evidence_url)
    ) as found,
    if(
        due.edition is null,
        'no row',
        concat_ws(' ', due.peer_state, due.place, due.peer_answer, due.peer_score, due.source, due.evidence_url)
    ) as expected
from due
full join candidate.capacity_gap_peers as given using (edition, iso3, grouping, item, peer)
where
    (given.edition, given.peer_state, given.place, given.peer_answer, given.source, given.evidence_url)
    is distinct from (due.edition, due.peer_state, due.place, due.peer_answer, due.source, due.evidence_url)
    or not is_score(given.peer_score, due.peer_score)
