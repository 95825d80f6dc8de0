-- Every measure is what the scores, changes, answers' origins and partner values of the group's states make of it.
with
partner as (
    select
        editions.edition,
        sent.iso3,
        sent.source || '/' || sent.series as about,
        arg_max(sent.value, (left(sent.period, 4), sent.period)) as value
    from candidate.partner_values as sent
    inner join recomputed.editions as editions on try_cast(left(sent.period, 4) as integer) <= editions.reference_year
    where sent.value is not null
    group by all
),

support as (
    select
        editions.edition,
        sent.iso3,
        split_part(sent.series, ':', 2) as about,
        count(distinct split_part(sent.series, ':', 3))::double as value
    from candidate.partner_values as sent
    inner join recomputed.editions as editions on try_cast(left(sent.period, 4) as integer) = editions.reference_year
    where sent.source = 'support_projects' and sent.series like 'support:%:%' and sent.value > 0
    group by all
),

change as (
    select
        to_edition as edition,
        iso3,
        dimension as about,
        change_at_constant_weights as value
    from candidate.score_changes as changes
    inner join recomputed.pairs as pairs using (from_edition, to_edition)
    where
        change_at_constant_weights is not null
        and from_edition = (
            select max_by(before.edition, (before.reference_year, before.edition))
            from recomputed.editions as before
            inner join recomputed.editions as later on later.edition = changes.to_edition
            where (before.reference_year, before.edition) < (later.reference_year, later.edition)
        )
        and (from_edition, iso3) in (select (edition, iso3) from recomputed.survey)
        and (to_edition, iso3) in (select (edition, iso3) from recomputed.survey)
),

status as (
    select
        edition,
        iso3,
        'responded' as about,
        (respondent_status = 'responded')::integer::double as value
    from candidate.overall_scores
    where respondent_status != 'unknown'
),

per_state as (
    select edition, iso3, subject, about, value from recomputed.survey
    union all
    select edition, iso3, subject, about, value from recomputed.questions
    union all
    select edition, iso3, 'partner', about, value from partner
    union all
    select edition, iso3, 'support', about, value from support
    union all
    select edition, iso3, 'change', about, value from change
    union all
    select edition, iso3, 'status', about, value from status
),

spread as (
    select
        measures.activity,
        measures.measure,
        groups.edition,
        groups.grouping,
        groups.member_group,
        measures.statistic,
        counts.states::double as printed,
        measures.threshold::double as threshold,
        groups.iso3,
        if(
            measures.statistic = 'share_listed'
            and (groups.edition, measures.about) in (select (partner.edition, partner.about) from partner),
            coalesce(per_state.value, 0),
            per_state.value
        ) as value
    from seeds.gca_measures as measures
    cross join recomputed.group_members as groups
    left join per_state
        on per_state.edition = groups.edition and per_state.iso3 = groups.iso3
        and per_state.subject = measures.subject and per_state.about = measures.about
    left join seeds.printed_counts as counts
        on measures.subject = 'printed' and groups.grouping = 'all'
        and (counts.edition, counts.about) = (groups.edition, measures.about)
),

due as (
    select
        activity,
        measure,
        edition,
        grouping,
        member_group,
        count(value) as counted,
        case statistic
            when 'mean' then avg(value)
            when 'share_above' then avg((value > threshold)::integer)
            when 'quartile_gap' then quantile_cont(value, 0.75) - quantile_cont(value, 0.25)
            when 'none' then null
            when 'printed' then max(printed)
            else avg((value >= threshold)::integer)
        end as value
    from spread
    group by activity, measure, edition, grouping, member_group, statistic
)

select
    activity,
    measure,
    edition,
    grouping,
    member_group,
    concat_ws(' of ', given.value, given.counted) as found,
    concat_ws(' of ', round(due.value, 9), due.counted) as expected
from due
inner join candidate.gca_activity_measures as given using (activity, measure, edition, grouping, member_group)
where not is_score(given.value, due.value) or given.counted != due.counted
