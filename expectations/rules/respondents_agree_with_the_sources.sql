-- Where no published source says who answered, it agrees with where the answers came from.
with
sources as (
    select
        edition,
        iso3,
        bool_or(source = 'returned') as any_returned,
        bool_or(source = 'desk') as any_desk,
        bool_or(source = 'reviewed') as any_reviewed
    from candidate.answers
    group by edition, iso3
)

select
    edition,
    iso3,
    given.respondent_status as found,
    case
        when any_returned then 'responded'
        when any_desk then 'desk_not_validated, or responded'
        when any_reviewed then 'desk_validated, or responded, or no_data'
        else 'no_data, desk_validated or responded'
    end as expected
from candidate.overall_scores as given
inner join sources using (edition, iso3)
where
    (edition, iso3) not in (select (printed.edition, printed.iso3) from seeds.respondents as printed)
    and not coalesce(list_contains(str_split_regex(expected, '[^a-z_]+'), given.respondent_status), false)
