-- Where no published source says who answered, it follows from who sent what and from the reviews.
with
senders as (
    select
        edition,
        iso3,
        bool_or(collector = 'state') as by_state
    from landing.survey
    inner join (select digest as return_digest, edition from run.inputs where kind = 'survey') as named
        using (return_digest, edition)
    group by edition, iso3
),

open as (
    select distinct edition, iso3 from candidate.answers where source = 'desk'
)

select
    edition,
    iso3,
    given.respondent_status as found,
    case
        when senders.iso3 is null then 'no_data'
        when senders.by_state then 'responded'
        when open.iso3 is null then 'desk_validated'
        else 'desk_not_validated'
    end as expected
from candidate.overall_scores as given
anti join seeds.respondents as printed using (edition, iso3)
left join senders using (edition, iso3)
left join open using (edition, iso3)
where found is distinct from expected
