-- What a decision that stands says is a row of the seeds that the file was made with, unless no figure hangs on it.
with
applied as (
    select edition, iso3, 'known_error' as kind, 'data360/' || dimension as subject, corrected as value, null as day
    from seeds.corrections
    union all by name
    select edition, iso3, 'known_error' as kind, source || '/' || dimension as subject, by_method as value
    from seeds.source_differences
    union all by name
    select to_edition as edition, iso3, 'reviewed_drop' as kind, from_edition as subject, change as value
    from seeds.reviewed_changes
    union all by name
    select edition, null as iso3, 'low_alpha' as kind, node as subject from seeds.reviewed_coherence
    union all by name
    select
        edition,
        iso3,
        case event when 'extended' then 'extension' when 'withdrawn' then 'withdrawal' else 'membership' end as kind,
        case event when 'joined' then 'joins' when 'left' then 'leaves' end as value,
        day
    from seeds.round_events
    union all by name
    unpivot (select edition, collection_from, collection_to, published_on from seeds.editions)
    on collection_from, collection_to, published_on
    into name subject value day
    union all by name
    select edition, null as iso3, 'override' as kind, 'status' as subject, status as value from seeds.editions
    union all by name
    select edition, null as iso3, 'override' as kind, 'title_en' as subject, title_en as value from seeds.editions
    union all by name
    select edition, iso3, 'override' as kind, 'respondent_status' as subject, respondent_status as value
    from seeds.respondents
    union all by name
    unpivot (
        select iso3, 'override' as kind, name_en, name_fr, name_es, name_ar, name_zh, name_ru from seeds.member_states
    )
    on name_en, name_fr, name_es, name_ar, name_zh, name_ru
    into name subject value value
    union all by name
    select null as edition, iso3, 'group_class' as kind, grouping as subject, member_group as value, valid_from as day
    from seeds.member_state_groups
)

select
    id,
    'not in the reference data' as found,
    concat_ws(' ', kind, iso3, subject, value, day) as expected
from candidate.decisions as decided
where
    answered_by is null
    and kind not in ('change_after_review', 'prerelease_access', 'release_hour', 'revocation')
    and (kind != 'calendar_date' or subject in ('collection_from', 'collection_to', 'published_on'))
    and (kind != 'group_class' or value is not null)
    and not exists (
        from applied
        where
            coalesce(applied.edition, decided.edition) = decided.edition
            and coalesce(applied.kind, 'calendar_date') = decided.kind
            and (applied.iso3, applied.subject, applied.value, applied.day::date)
            is not distinct from (decided.iso3, decided.subject, decided.value, decided.day)
    )
