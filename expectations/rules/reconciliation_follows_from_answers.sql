-- Recomputed scores held against the published ones; the verdict follows from the difference and the register.
with
published as (
    select
        edition,
        iso3,
        dimension,
        published.published::double as published
    from seeds.published_scores as published
    inner join recomputed.editions using (edition)
),

compared as (
    select
        edition,
        iso3,
        dimension,
        published.published,
        round(scores.score, 9) as recomputed
    from published
    full join (
        select * from recomputed.dimensions where edition in (select published.edition from published)
    ) as scores using (edition, iso3, dimension)
),

due as (
    select
        compared.*,
        recomputed - published as difference,
        case
            when abs(recomputed - published) <= 1e-9 then 'equal'
            when known.id is not null then 'known_error'
            else 'unexplained'
        end as verdict,
        case
            when published is null then 'not in the published table'
            when recomputed is null then 'nothing to recompute it from'
            else known.what_is_wrong
        end as note,
        known.id as correction_id
    from compared
    left join (
        select
            register.edition,
            register.iso3,
            register.dimension,
            min(register.id) as id,
            arg_min(register.what_is_wrong, register.id) as what_is_wrong
        from seeds.corrections as register
        inner join compared as wrong using (edition, iso3, dimension)
        where
            abs(wrong.recomputed - wrong.published) > 1e-9
            and abs(wrong.published - register.published::double) <= 1e-9
            and abs(wrong.recomputed - register.corrected::double) <= 1e-6
        group by register.edition, register.iso3, register.dimension
    ) as known using (edition, iso3, dimension)
),

cells as (
    select
        edition,
        iso3,
        dimension,
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
                    'column_name': 'correction_id', 'found': given.correction_id, 'expected': due.correction_id,
                    'is_right': given.correction_id is not distinct from due.correction_id
                }
            ],
            recursive := true
        )
    from due
    full join candidate.reconciliation as given using (edition, iso3, dimension)
)

select
    edition,
    iso3,
    dimension,
    column_name,
    if(is_missing, 'no row', found) as found,
    if(is_surplus, 'no row', expected) as expected
from cells
where not is_right or is_missing or is_surplus
