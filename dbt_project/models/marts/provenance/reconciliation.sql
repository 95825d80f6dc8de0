with
compared as (
    select * from {{ ref('int_figures_compared') }}
),

known as (
    select
        *,
        coalesce(correction_id, '') as place
    from {{ ref('int_known_differences') }}
),

known_errors as (
    select
        compared.edition,
        compared.iso3,
        compared.dimension,
        compared.source,
        arg_min(known.cause, known.place) as cause,
        arg_min(known.note, known.place) as note,
        min(known.correction_id) as correction_id
    from compared
    inner join known
        on compared.edition = known.edition
        and compared.iso3 = known.iso3
        and compared.dimension = known.dimension
        and compared.source = known.source
        and abs(compared.published - known.published) <= 1e-9
        and abs(compared.recomputed_for_print - known.by_method) <= 1e-6
    where not compared.is_equal
    group by compared.edition, compared.iso3, compared.dimension, compared.source
),

judged as (
    select
        compared.*,
        case
            when
                compared.is_revised
                and compared.explained_by is not null
                and (
                    compared.is_equal
                    or known_errors.cause is not null
                    or coalesce(compared.published, compared.recomputed_for_print) is null
                )
                then 'revised'
            when compared.is_revised then 'unexplained'
            when compared.is_equal and compared.is_derived then 'derived'
            when compared.is_equal then 'equal'
            when known_errors.cause is not null then 'known_error'
            else 'unexplained'
        end as verdict,
        case
            when verdict = 'revised' then compared.revision_reason
            when compared.published is null then 'not in the published table'
            when compared.recomputed is null then 'nothing to recompute it from'
            when verdict = 'derived' then 'equal by construction: an indicator was derived from this very score'
            else known_errors.note
        end as note,
        known_errors.cause,
        known_errors.correction_id
    from compared
    left join known_errors using (edition, iso3, dimension, source)
)

select
    edition,
    iso3,
    dimension,
    source,
    published,
    recomputed,
    difference,
    verdict,
    note,
    cause,
    correction_id,
    if(is_revised, explained_by, null) as explained_by
from judged
