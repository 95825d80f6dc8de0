-- Every peer is another state of the group, has taken the step, and stands there with its own evidence; up to five.
with
shown as (
    select
        given.*,
        gaps.member_group,
        gaps.next_answer,
        gaps.item as item_of_gap
    from candidate.capacity_gap_peers as given
    left join candidate.capacity_gaps as gaps using (edition, iso3, grouping, place)
)

select
    shown.edition,
    shown.iso3,
    shown.grouping,
    shown.place,
    shown.peer,
    concat_ws(' ', shown.peer_state, shown.item, shown.peer_answer, shown.source, shown.evidence_url) as found,
    concat_ws(' ', states.name_en, shown.item_of_gap, answers.answer, answers.source, answers.evidence_url) as expected
from shown
left join candidate.answers as answers
    on answers.edition = shown.edition and answers.iso3 = shown.peer and answers.item = shown.item_of_gap
left join seeds.member_states as states on states.iso3 = shown.peer
left join recomputed.with_data as scored
    on scored.edition = shown.edition and scored.iso3 = shown.peer and scored.dimension = 'overall'
where
    (shown.item, shown.peer_state, shown.peer_answer, shown.source, shown.evidence_url)
    is distinct from (shown.item_of_gap, states.name_en, answers.answer, answers.source, answers.evidence_url)
    or not coalesce(answers.answer >= shown.next_answer, false)
    or not near_score(shown.peer_score, scored.score)
    or shown.peer = shown.iso3
    or (shown.edition, shown.peer, shown.grouping, shown.member_group) not in (
        select (groups.edition, groups.iso3, groups.grouping, groups.member_group) from recomputed.groups as groups
    )
union all
select
    edition,
    iso3,
    grouping,
    place,
    null as peer,
    count(shown.peer)::varchar as found,
    least(5, gaps.peers_there)::varchar as expected
from candidate.capacity_gaps as gaps
left join shown using (edition, iso3, grouping, place)
group by edition, iso3, grouping, place, gaps.peers_there
having count(shown.peer) != least(5, gaps.peers_there)
