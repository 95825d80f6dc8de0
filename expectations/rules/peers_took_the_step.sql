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

took_it as (
    select
        gaps.edition,
        gaps.iso3,
        gaps.grouping,
        gaps.place,
        gaps.item,
        -- The five are kept while the pairs pass: with many states there are too many to be ordered at once.
        unnest(min_by(
            {'state': groups.iso3, 'score': theirs.score},
            {'distance': abs(theirs.score - own.score), 'state': groups.iso3},
            5
        )) as nearest
    from candidate.capacity_gaps as gaps
    inner join recomputed.groups as groups using (edition, grouping, member_group)
    inner join recomputed.answers as answers
        on answers.edition = gaps.edition and answers.iso3 = groups.iso3 and answers.item = gaps.item
    inner join scored as theirs on theirs.edition = gaps.edition and theirs.iso3 = groups.iso3
    inner join scored as own on own.edition = gaps.edition and own.iso3 = gaps.iso3
    where groups.iso3 != gaps.iso3 and answers.answer >= gaps.next_answer
    group by gaps.edition, gaps.iso3, gaps.grouping, gaps.place, gaps.item
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
    or not near_score(given.peer_score, due.peer_score)
