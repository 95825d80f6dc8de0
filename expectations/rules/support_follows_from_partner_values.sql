-- Support of partners is what their lists of projects say, and how many stand side by side.
with
due as (
    select
        iso3,
        split_part(series, ':', 2) as activity,
        split_part(series, ':', 3) as partner,
        period,
        value as projects,
        landing_digest
    from candidate.partner_values
    where source = 'support_projects' and regexp_matches(series, '^support:[1-5][.][a-z]:.') and value > 0
),

counted as (
    select
        iso3,
        activity,
        period,
        count(*) as partners
    from due
    group by iso3, activity, period
)

select
    iso3,
    activity,
    partner,
    period,
    if(given.iso3 is null, 'no row', concat_ws(' ', given.projects, given.partners, given.landing_digest)) as found,
    if(due.iso3 is null, 'no row', concat_ws(' ', due.projects, counted.partners, due.landing_digest)) as expected
from due
inner join counted using (iso3, activity, period)
full join candidate.partner_support as given using (iso3, activity, partner, period)
where
    (given.projects, given.partners, given.landing_digest)
    is distinct from (due.projects, counted.partners::integer, due.landing_digest)
