-- Who answered is what the published source says of a state, where one says it; the observation status follows from it,
-- and from what came late or was withdrawn where no source says it.
select
    edition,
    iso3,
    given.respondent_status || ', ' || given.obs_status as found,
    coalesce(printed.respondent_status, given.respondent_status) || ', '
    || case coalesce(printed.respondent_status, given.respondent_status)
        when 'no_data'
            then if(printed.iso3 is null and given.obs_status in ('L', 'Q'), given.obs_status, 'O')
        when 'desk_not_validated' then 'V'
        else 'A'
    end as expected
from candidate.overall_scores as given
left join seeds.respondents as printed using (edition, iso3)
where found is distinct from expected
