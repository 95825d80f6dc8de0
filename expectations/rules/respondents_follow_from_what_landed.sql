-- Where no published source says who answered, it follows from the returns that count and from the reviews; where none
-- counts, the observation status says whether one came late or was withdrawn.
with
senders as (
    select
        edition,
        iso3,
        list(distinct standing) as standings,
        list_contains(list(standing || ' ' || collector), 'counted state') as by_state
    from candidate.returns_received
    group by edition, iso3
),

open as (
    select distinct edition, iso3 from candidate.answers where source = 'desk'
)

select
    edition,
    iso3,
    given.respondent_status || ', ' || given.obs_status as found,
    case
        when senders.iso3 is null then 'no_data, O'
        when senders.by_state then 'responded, A'
        when list_contains(standings, 'counted') and open.iso3 is null then 'desk_validated, A'
        when list_contains(standings, 'counted') then 'desk_not_validated, V'
        when list_contains(standings, 'withdrawn') then 'no_data, Q'
        when list_contains(standings, 'late') then 'no_data, L'
        else 'no_data, O'
    end as expected
from candidate.overall_scores as given
anti join seeds.respondents as printed using (edition, iso3)
left join senders using (edition, iso3)
left join open using (edition, iso3)
where found is distinct from expected
