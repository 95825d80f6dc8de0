with
published_scores as (
    select * from {{ ref('published_scores') }}
),

editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

dimension_scores as (
    select * from {{ ref('int_dimension_scores') }}
),

corrections as (
    select * from {{ ref('corrections') }}
),

published as (
    select published_scores.*
    from published_scores
    inner join editions_built using (edition)
),

recomputed as (
    select *
    from dimension_scores
    where edition in (select published.edition from published)
),

compared as (
    select
        edition,
        iso3,
        dimension,
        published.published,
        recomputed.score as recomputed,
        recomputed.score - published.published as difference
    from published
    full join recomputed using (edition, iso3, dimension)
),

known_errors as (
    select
        compared.edition,
        compared.iso3,
        compared.dimension,
        arg_min(corrections.id, corrections.id) as correction_id,
        arg_min(corrections.what_is_wrong, corrections.id) as what_is_wrong
    from compared
    inner join corrections
        on compared.edition = corrections.edition
        and compared.iso3 = corrections.iso3
        and compared.dimension = corrections.dimension
        and abs(compared.published - corrections.published) <= 1e-9
        and abs(compared.recomputed - corrections.corrected) <= 1e-6
    where abs(compared.difference) > 1e-9
    group by compared.edition, compared.iso3, compared.dimension
),

judged as (
    select
        compared.*,
        case
            when abs(compared.difference) <= 1e-9 then 'equal'
            when known_errors.correction_id is not null then 'known_error'
            else 'unexplained'
        end as verdict,
        case
            when compared.published is null then 'not in the published table'
            when compared.recomputed is null then 'nothing to recompute it from'
            else known_errors.what_is_wrong
        end as note,
        known_errors.correction_id
    from compared
    left join known_errors using (edition, iso3, dimension)
)

select * from judged
