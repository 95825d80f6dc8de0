-- Who answered: a reviewer where one set the answer, else the sender of the return; of what was taken over from a published
-- table what a source says of the state, and nobody where the figure follows from another.
with
senders as (
    select distinct edition, iso3, return_digest, collector
    from candidate.returns_received
),

due as (
    select
        edition,
        iso3,
        item,
        given.origin as found_origin,
        given.taken_from as found_taken_from,
        given.source as found_source,
        coalesce(
            not contains(given.reason, 'changed')
            and not contains(given.reason, 'evidence')
            and given.answer = figures.answer
            and given.evidence_url is null
            and given.comment is null,
            false
        ) as is_the_figure,
        case
            when given.answer is null then null
            when contains(given.reason, 'changed') or contains(given.reason, 'evidence') then 'reviewer'
            when is_the_figure and taken.origin = 'derived' then 'derived'
            when is_the_figure and taken.origin = 'published'
                then case split_part(coalesce(said.respondent_status, status.respondent_status), '_', 1)
                    when 'responded' then 'state'
                    when 'desk' then 'desk'
                    else 'unknown'
                end
            else senders.collector
        end as due_origin,
        case
            when contains(given.reason, 'changed') or contains(given.reason, 'evidence') then null
            when is_the_figure then taken.taken_from
        end as due_taken_from
    from candidate.answers as given
    left join seeds.taken_over as taken using (edition, item)
    left join seeds.replayed as figures using (edition, iso3, item)
    left join seeds.respondents as said using (edition, iso3)
    left join candidate.overall_scores as status using (edition, iso3)
    left join senders using (edition, iso3, return_digest)
)

select
    edition,
    iso3,
    item,
    'origin' as column_name,
    found_origin as found,
    due_origin as expected
from due
where found_origin is distinct from due_origin
union all
select
    edition,
    iso3,
    item,
    'taken_from' as column_name,
    found_taken_from as found,
    due_taken_from as expected
from due
where found_taken_from is distinct from due_taken_from
union all
select
    edition,
    iso3,
    item,
    'source' as column_name,
    found_source as found,
    if(due_taken_from is null, 'any but published', 'published, or reviewed') as expected
from due
where (found_source = 'published') is distinct from (due_taken_from is not null and found_source != 'reviewed')
