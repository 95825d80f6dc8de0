-- Recomputed scores held against those of every source; the verdict follows from the difference and what is on record.
with
-- What was revised since is held against print as the printed vintage had it; the revisions have rules of their own.
revised as (
    select
        edition,
        iso3,
        dimension,
        min_by({'score': old}, vintage).score as printed_score,
        max_by({'reason': reason, 'digest': cause_digest}, vintage) as latest
    from candidate.revisions
    group by edition, iso3, dimension
),

rounded as (
    select edition, iso3, dimension, round(score, 9) as recomputed
    from recomputed.dimensions
    where edition in (select printed.edition from recomputed.printed as printed)
),

scores as (
    select
        rounded.*,
        if(revised.edition is null, rounded.recomputed, revised.printed_score) as score,
        revised.edition is not null and rounded.recomputed is distinct from revised.printed_score as is_revised,
        revised.latest
    from rounded
    left join revised using (edition, iso3, dimension)
),

places as (
    select edition, iso3, dimension, source from recomputed.printed
    union
    select edition, iso3, dimension, 'data360' from scores
),

on_record as (
    select
        edition,
        iso3,
        dimension,
        'data360' as source,
        published::double as published,
        corrected::double as by_method,
        'proved' as cause,
        what_is_wrong as note,
        id as correction_id
    from seeds.corrections
    union all
    select edition, iso3, dimension, source, published::double, by_method::double, cause, what_differs, null
    from seeds.source_differences
),

explained as (
    select
        printed.edition,
        printed.iso3,
        printed.dimension,
        printed.source,
        min_by({'cause': told.cause, 'note': told.note, 'id': told.correction_id}, ifnull(told.correction_id, '')) as entry
    from recomputed.printed as printed
    inner join scores using (edition, iso3, dimension)
    inner join on_record as told using (edition, iso3, dimension, source)
    where
        abs(scores.score - printed.figure) > printed.tolerance
        and near(printed.figure, told.published, 1e-9)
        and near(scores.score, told.by_method, 1e-6)
    group by all
),

due as (
    select
        places.edition,
        places.iso3,
        places.dimension,
        places.source,
        printed.figure as published,
        scores.recomputed,
        scores.recomputed - printed.figure as difference,
        case
            when
                scores.is_revised
                and scores.latest.digest is not null
                and (
                    abs(scores.score - printed.figure) <= printed.tolerance
                    or explained.entry is not null
                    or coalesce(printed.figure, scores.score) is null
                )
                then 'revised'
            when scores.is_revised then 'unexplained'
            when abs(scores.score - printed.figure) <= printed.tolerance then if(made.pillar is null, 'equal', 'derived')
            when explained.entry is not null then 'known_error'
            else 'unexplained'
        end as verdict,
        case
            when verdict = 'revised' then scores.latest.reason
            when printed.figure is null then 'not in the published table'
            when scores.recomputed is null then 'nothing to recompute it from'
            when abs(scores.score - printed.figure) <= printed.tolerance and made.pillar is not null
                then 'equal by construction: an indicator was derived from this very score'
            else explained.entry.note
        end as note,
        explained.entry.cause as cause,
        explained.entry.id as correction_id,
        if(scores.is_revised, scores.latest.digest, null) as explained_by
    from places
    left join recomputed.printed as printed using (edition, iso3, dimension, source)
    left join scores using (edition, iso3, dimension)
    left join explained using (edition, iso3, dimension, source)
    left join (select distinct edition, iso3, pillar from recomputed.derived) as made
        on (made.edition, made.iso3, made.pillar) = (places.edition, places.iso3, places.dimension)
),

cells as (
    select
        edition,
        iso3,
        dimension,
        source,
        given.edition is null as is_missing,
        due.edition is null as is_surplus,
        unnest(
            [
                {
                    'column_name': 'published', 'found': given.published::varchar,
                    'expected': due.published::varchar,
                    'is_right': given.published is not distinct from due.published
                },
                {
                    'column_name': 'recomputed', 'found': given.recomputed::varchar,
                    'expected': due.recomputed::varchar,
                    'is_right': is_score(given.recomputed, due.recomputed)
                },
                {
                    'column_name': 'difference', 'found': given.difference::varchar,
                    'expected': due.difference::varchar,
                    'is_right': given.difference is not distinct from given.recomputed - given.published
                },
                {
                    'column_name': 'verdict', 'found': given.verdict, 'expected': due.verdict,
                    'is_right': given.verdict is not distinct from due.verdict
                },
                {
                    'column_name': 'note', 'found': given.note, 'expected': due.note,
                    'is_right': given.note is not distinct from due.note
                },
                {
                    'column_name': 'cause', 'found': given.cause, 'expected': due.cause,
                    'is_right': given.cause is not distinct from due.cause
                },
                {
                    'column_name': 'correction_id', 'found': given.correction_id, 'expected': due.correction_id,
                    'is_right': given.correction_id is not distinct from due.correction_id
                },
                {
                    'column_name': 'explained_by', 'found': given.explained_by, 'expected': due.explained_by,
                    'is_right': given.explained_by is not distinct from due.explained_by
                }
            ],
            recursive := true
        )
    from due
    full join candidate.reconciliation as given using (edition, iso3, dimension, source)
)

select
    edition,
    iso3,
    dimension,
    source,
    column_name,
    if(is_missing, 'no row', found) as found,
    if(is_surplus, 'no row', expected) as expected
from cells
where not is_right or is_missing or is_surplus
